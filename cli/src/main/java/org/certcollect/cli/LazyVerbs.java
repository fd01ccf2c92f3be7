package org.certcollect.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.certcollect.cli.verb.StoreVerb;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Verbs and groups of verbs by their names, in the order of the help. Only those that a command
 * needs are built: to build all takes longer than most verbs do.
 */
final class LazyVerbs {
  /** The verbs that look at the others. */
  private static final Set<String> LOOKING_AROUND = Set.of("help", "completion");

  /** The builders of verbs and groups, which are given the words of the command after its name. */
  private final Map<String, BiConsumer<CommandLine, String[]>> all = new LinkedHashMap<>();

  LazyVerbs verb(String name, Supplier<Object> verb) {
    all.put(name, (parent, words) -> parent.addSubcommand(name, verb.get()));
    return this;
  }

  /** Adds a verb whose class serves several verbs. */
  LazyVerbs verb(String name, String description, Supplier<StoreVerb> verb) {
    all.put(
        name,
        (parent, words) -> {
          CommandLine command = new CommandLine(verb.get());
          command.getCommandSpec().name(name).usageMessage().description(description);
          parent.addSubcommand(command);
        });
    return this;
  }

  LazyVerbs group(String name, String description, LazyVerbs verbs) {
    all.put(
        name,
        (parent, words) -> {
          CommandSpec spec = CommandSpec.create().name(name);
          spec.usageMessage().description(description);
          CommandLine group = new CommandLine(spec);
          verbs.addTo(group, words);
          parent.addSubcommand(group);
        });
    return this;
  }

  /** Adds the verb that the first word names, or all if it names none or one that needs all. */
  void addTo(CommandLine parent, String... words) {
    String first = words.length == 0 ? "" : words[0];
    String[] rest = words.length == 0 ? words : Arrays.copyOfRange(words, 1, words.length);
    BiConsumer<CommandLine, String[]> only = LOOKING_AROUND.contains(first) ? null : all.get(first);
    if (only == null) {
      // The next word may be the value of an option, so it names no verb of a group.
      all.values().forEach(each -> each.accept(parent, new String[0]));
    } else {
      only.accept(parent, rest);
    }
  }
}
