package org.certcollect.cli.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads keys of the configuration from environment variables. */
final class EnvironmentVariables {
  /** The variables of the command and its launcher, which are not keys. */
  private static final Pattern OTHERS =
      Pattern.compile("CERTCOLLECT_(CONFIG|DATA|DEBUG|JAVA|JAVA_OPTS)");

  /** The variables that Kubernetes and Docker set beside a service named certcollect. */
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
                      name ->
                          entries.add(
                              new Entry(name, value, Entry.SettingOrigin.variable(variable))),
                      () -> problems.add(unknown(variable, table)));
            });
    return entries;
  }

  private static String unknown(String variable, KeyTable table) {
    List<String> variables = table.keys().stream().<String>map(Key::variable).toList();
    return "environment %s: no key has this variable; %s"
        .formatted(
            variable,
            Spelling.closest(variable, variables)
                .map(close -> "did you mean " + close + "?")
                .orElse("unset it, or see `certcollect config show`"));
  }
}
