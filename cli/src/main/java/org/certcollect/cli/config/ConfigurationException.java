package org.certcollect.cli.config;

import java.util.List;

/** The configuration cannot be used; all its problems at once, each a line for the operator. */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ConfigurationException(List<String> problems) {
    super(String.join("\n", problems));
  }
}
