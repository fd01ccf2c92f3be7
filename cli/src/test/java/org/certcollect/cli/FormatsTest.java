package org.certcollect.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A check of the sources of all modules that the compiler cannot make.
 *
 * <p>Error Prone's {@code DefaultLocale} refuses numbers that are formatted in the default locale,
 * but only if the format is a constant.
 */
class FormatsTest {
  /** A receiver that is a variable, the result of a call, or an expression in parentheses. */
  private static final Pattern NO_LITERAL =
      Pattern.compile("(\\)|\\b[a-z]\\w*)\\s*\\.formatted\\(");

  private static final Pattern LITERALS =
      Pattern.compile(
          "'(?:[^'\\\\]|\\\\.)'|\"\"\".*?\"\"\"|\"(?:[^\"\\\\\n]|\\\\.)*\"", Pattern.DOTALL);

  /** Broke once: a choice of two formats wrote the counts of an import in Persian digits. */
  @Test
  void everyFormatWithoutALocaleIsAConstant() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      for (Path file : files.filter(FormatsTest::isSource).toList()) {
        String code =
            LITERALS
                .matcher(Files.readString(file))
                .replaceAll(literal -> "\"" + "\n".repeat((int) lines(literal.group())) + "\"");
        Matcher matcher = NO_LITERAL.matcher(code);
        while (matcher.find()) {
          if (!isConstant(code, matcher.start())) {
            found.add(file + ":" + (lines(code.substring(0, matcher.start())) + 1));
          }
        }
      }
    }
    assertThat(found).as("use String.format(Locale.ROOT, ...)").isEmpty();
  }

  private static boolean isSource(Path file) {
    return file.toString().endsWith(".java") && file.toString().contains("/src/");
  }

  private static long lines(String text) {
    return text.chars().filter(c -> c == '\n').count();
  }

  /** Whether what ends there is literals in parentheses, with nothing but plus signs between. */
  private static boolean isConstant(String code, int end) {
    int start = code.lastIndexOf('(', end);
    return code.charAt(end) == ')'
        && code.substring(start + 1, end).matches("[\\s+\"]*")
        && !code.substring(0, start).matches("(?s).*[\\w>]");
  }
}
