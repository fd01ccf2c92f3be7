package org.certcollect.cli.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the keys that the environment sets. */
final class EnvironmentVariables {
  /** Those that are not keys: of the command itself, and of its launcher. */
  private static final Pattern OTHERS =
      Pattern.compile("CERTCOLLECT_(CONFIG|DATA|DEBUG|JAVA|JAVA_OPTS)");

  /** What Kubernetes and Docker set for every container beside a service named certcollect. */
  private static final Pattern SERVICE_LINKS =
      Pattern.compile("CERTCOLLECT_(SERVICE_(HOST|PORT.*)|PORT|PORT_[0-9].*|NAME)");

  private EnvironmentVariables() {}

  static List<Entry> read(Map<String, String> environment, KeyTable table, List<String> problems) {
    List<Entry> entries = new ArrayList<>();
    new TreeMap<>(environment)
        .forEach(
            (variable, value) -> {
              if (!variable.startsWith(Key.PREFIX)
                  || OTHERS.matcher(variable).matches()
                  || SERVICE_LINKS.matcher(variable).matches()) {
                return;
              }
              table
                  .nameOf(variable)
                  .ifPresentOrElse(
                      name -> entries.add(new Entry(name, value, SettingOrigin.variable(variable))),
                      () -> problems.add(unknown(variable, table)));
            });
    return entries;
  }

  private static String unknown(String variable, KeyTable table) {
    List<String> variables = table.keys().stream().<String>map(Key::variable).toList();
    return "environment %s: there is no such key; %s"
        .formatted(
            variable,
            Spelling.closest(variable, variables)
                .map(close -> "did you mean " + close + "?")
                .orElse("unset it, or see `certcollect config show`"));
  }
}
