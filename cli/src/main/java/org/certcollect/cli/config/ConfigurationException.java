package org.certcollect.cli.config;

import java.util.List;

/** A failure because the configuration is invalid. The message has a line for each problem. */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String[] problems;

  public ConfigurationException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = problems.toArray(new String[0]);
  }

  public List<String> problems() {
    return List.of(problems);
  }
}
