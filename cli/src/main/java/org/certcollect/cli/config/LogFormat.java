package org.certcollect.cli.config;

/** How the server writes its log. */
public enum LogFormat {
  /** Text on a terminal, JSON Lines elsewhere. */
  AUTO,
  JSON,
  TEXT
}
