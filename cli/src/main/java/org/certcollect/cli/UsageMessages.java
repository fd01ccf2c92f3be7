package org.certcollect.cli;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.certcollect.cli.config.Spelling;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The messages of wrong usage. Picocli's own count parameters and call a verb a subcommand. */
final class UsageMessages {
  private static final Pattern WORDS =
      Pattern.compile("expected one of \\[(.*)] \\(.* but was (.*)");

  private UsageMessages() {}

  static String of(ParameterException problem) {
    String message = String.valueOf(problem.getMessage());
    // The value of a misspelt option may have been taken for an argument, or the option is missing.
    List<String> unmatched =
        problem instanceof UnmatchedArgumentException words
            ? words.getUnmatched()
            : problem.getCommandLine().getUnmatchedArguments();
    if (!unmatched.isEmpty()) {
      return unmatched(problem.getCommandLine(), unmatched);
    }
    if (problem instanceof OverwrittenOptionException repeated) {
      return name(repeated.getOverwritten()) + " is given more than once: give it once";
    }
    if (problem instanceof MissingParameterException missing) {
      List<ArgSpec> missed = missing.getMissing();
      String all =
          missed.stream().map(UsageMessages::withLabel).collect(Collectors.joining(" and "));
      return message.startsWith("Missing required option") || !missed.get(0).isOption()
          ? all + (missed.size() == 1 ? " is missing" : " are missing")
          : name(missed.get(0)) + " needs a value: " + all;
    }
    if (problem.getArgSpec() == null) {
      return message.replaceFirst("Missing required subcommand", "no verb is given");
    }
    return name(problem.getArgSpec()) + ": " + reason(message, problem.getArgSpec());
  }

  /** Names unknown options without their values, or else words that are too many. */
  private static String unmatched(CommandLine command, List<String> words) {
    List<String> unknown =
        words.stream()
            .filter(word -> word.matches("(?s)-.+"))
            .map(word -> word.replaceFirst("(?s)=.*", ""))
            .toList();
    if (unknown.isEmpty()) {
      return "unexpected: " + quoted(words);
    }
    List<String> options =
        command.getCommandSpec().options().stream()
            .filter(option -> !option.hidden())
            .map(OptionSpec::longestName)
            .toList();
    String near =
        unknown.stream()
            .flatMap(word -> near(word, options))
            .distinct()
            .collect(Collectors.joining(" and "));
    return "there is no option "
        + quoted(unknown)
        + (near.isEmpty() ? "" : ": did you mean " + near + "?");
  }

  private static Stream<String> near(String word, List<String> options) {
    String longer =
        options.stream()
            .filter(option -> option.startsWith(word))
            .collect(Collectors.joining(" or "));
    return longer.isEmpty() ? Spelling.closest(word, options).stream() : Stream.of(longer);
  }

  private static String quoted(List<String> words) {
    return words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(", "));
  }

  private static String reason(String message, ArgSpec argument) {
    String reason = message.replaceFirst("(?s)Invalid value for [^:]*: ", "");
    Matcher words = WORDS.matcher(reason);
    if (words.matches()) {
      return words.group(2) + " is not one of " + words.group(1).toLowerCase(Locale.ROOT);
    }
    return reason
        .replaceFirst("'.*' is not a boolean", "it takes no value")
        .replaceFirst(
            "Value for .* should be in KEY=VALUE format but was (.*)",
            "'$1' is not of the form " + argument.paramLabel());
  }

  private static String name(ArgSpec argument) {
    return argument.isOption() ? ((OptionSpec) argument).longestName() : argument.paramLabel();
  }

  private static String withLabel(ArgSpec argument) {
    return argument.isOption()
        ? name(argument) + " " + argument.paramLabel()
        : argument.paramLabel();
  }
}
