package org.certcollect.cli.serve;

import org.certcollect.cli.config.LogFormat;
import org.certcollect.cli.verb.Surroundings;
import org.certcollect.server.log.Logs;

/** Directs the log of a server to standard error. */
public final class LogStream {
  private LogStream() {}

  public static void open(Surroundings surroundings, LogFormat format) {
    boolean json =
        switch (format) {
          case JSON -> true;
          case TEXT -> false;
          case AUTO -> !surroundings.terminal();
        };
    Logs.to(surroundings.log(), json);
  }
}
