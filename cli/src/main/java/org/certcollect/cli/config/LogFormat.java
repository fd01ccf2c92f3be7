package org.certcollect.cli.config;

public enum LogFormat {
  /** Text on a terminal, JSON Lines elsewhere. */
  AUTO,
  JSON,
  TEXT
}
