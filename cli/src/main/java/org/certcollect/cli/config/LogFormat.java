package org.certcollect.cli.config;

/** The format of the server's log. */
public enum LogFormat {
  /** Text on a terminal, JSON Lines elsewhere. */
  AUTO,
  JSON,
  TEXT
}
