package org.certcollect.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * docs/configuration.md is generated from the table of keys; {@code -Ddocs.write=true} writes it.
 */
class ConfigurationPageTest {
  private static final Path PAGE = Path.of("../docs/configuration.md");
  private static final String FIRST_HEADING = "## ";
  private static final int WIDTH = 110;
  private static final int MAX_LINE = 120;

  /** The headings, by the beginning of the names of their keys. */
  private static final Map<String, String> HEADINGS =
      Map.ofEntries(
          Map.entry("listen", "Addresses and ports"),
          Map.entry("tls", "TLS"),
          Map.entry("limits", "Limits of connections and requests"),
          Map.entry("auth", "Logins"),
          Map.entry("proxy", "Load balancers and reverse proxies"),
          Map.entry("collect", "The protocol"),
          Map.entry("page", "The page for people"),
          Map.entry("management", "Management"),
          Map.entry("node", "The name of the server"),
          Map.entry("audit", "The audit log"),
          Map.entry("log", "The log"),
          Map.entry("codes", "Collection codes"),
          Map.entry("store", "The store"),
          Map.entry("mail", "E-mails"),
          Map.entry("push", "Push notifications"));

  @Test
  void pageSaysWhatTheTableOfKeysSays() throws IOException {
    String page = Files.readString(PAGE);
    String introduction = page.substring(0, page.indexOf(FIRST_HEADING));
    String expected = introduction + settings();
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(PAGE, expected);
    } else {
      assertThat(page)
          .as("mvn -pl cli -am test -Dtest=ConfigurationPageTest -Ddocs.write=true writes it")
          .isEqualTo(expected);
    }
  }

  @Test
  void everyExampleIsAllowed() {
    for (Key<?> key : Keys.TABLE.keys()) {
      assertThat(key.type().read(example(key))).as(key.name()).isPresent();
    }
  }

  private static String settings() {
    StringBuilder text = new StringBuilder();
    String group = "";
    for (Key<?> key : Keys.TABLE.keys()) {
      String its = group(key);
      if (!its.equals(group)) {
        assertThat(HEADINGS).containsKey(its);
        text.append(text.isEmpty() ? "" : "\n").append("## ").append(HEADINGS.get(its));
        text.append("\n");
        group = its;
      }
      text.append(setting(key));
    }
    return text.toString();
  }

  private static String group(Key<?> key) {
    String first = key.name().substring(0, key.name().indexOf('.'));
    return List.of("https", "http").contains(first) ? "listen" : first;
  }

  private static String setting(Key<?> key) {
    String line = key.name() + "=" + example(key);
    List<String> text = new ArrayList<>(List.of("", "### `" + key.name() + "`", ""));
    text.addAll(wrapped(key.meaning() + "."));
    text.add("");
    text.add("- Default: " + key.byDefault().map(value -> "`" + value + "`").orElse("none"));
    text.add("- Allowed: " + key.type().allowed());
    if (Keys.isLive(key)) {
      text.add("- Read again at SIGHUP");
    }
    if (key.equals(Keys.STORE_PASSWORD)) {
      text.add("- Example: `" + key.variable() + "='" + example(key) + "'`");
    } else {
      String variable = "or in the environment `" + key.variable() + "`";
      String example = "- Example: `" + line + "`,";
      boolean fits = example.length() + 1 + variable.length() <= MAX_LINE;
      text.add(example + (fits ? " " : "\n  ") + variable);
    }
    return String.join("\n", text) + "\n";
  }

  private static String example(Key<?> key) {
    return key.example().or(key::byDefault).orElse("");
  }

  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (line.length() + word.length() >= WIDTH) {
        lines.add(line.toString().strip());
        line.setLength(0);
      }
      line.append(word).append(' ');
    }
    lines.add(line.toString().strip());
    return lines;
  }
}
