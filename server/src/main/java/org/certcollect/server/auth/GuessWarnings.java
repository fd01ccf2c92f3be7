package org.certcollect.server.auth;

import com.github.benmanes.caffeine.cache.Ticker;
import java.util.logging.Logger;
import org.certcollect.server.log.LogEvent;

/**
 * The log's warnings of too many wrong guesses. They name sources and the ids of accounts, nothing
 * that a caller sent. A stranger commands many sources and can guess at many logins, so the lines
 * per minute are limited. Safe for use by many threads.
 */
final class GuessWarnings {
  private static final Logger LOG = Logger.getLogger("certcollect.auth");
  private static final int MAX_ACCOUNT_LINES = 10;

  private final MinuteCounter sourceLines;
  private final MinuteCounter accountLines;
  private final MinuteCounter codeLines;

  GuessWarnings(Ticker ticker) {
    sourceLines = new MinuteCounter(ticker);
    accountLines = new MinuteCounter(ticker);
    codeLines = new MinuteCounter(ticker);
  }

  /** One source, or one wider network, made too many wrong guesses. */
  void source(RequestSource source) {
    if (sourceLines.add() == 1) {
      LogEvent.warning(
              "Too many wrong guesses from one source. It is throttled until a minute after the"
                  + " first of them: only logins and collection codes that it used lately are"
                  + " accepted from it. All clients of a load balancer or reverse proxy that is not"
                  + " listed in proxy.trusted count as one source")
          .with("source", source.name())
          .to(LOG);
    }
  }

  /**
   * All sources together made too many wrong guesses at one account's password.
   *
   * @param last the source of the last guess
   */
  void account(long account, RequestSource last) {
    if (accountLines.add() <= MAX_ACCOUNT_LINES) {
      LogEvent.warning(
              "Too many wrong guesses at the password of one account within a minute, from all"
                  + " sources together. Each source is throttled for itself; the account is not"
                  + " locked")
          .with("account", account)
          .with("source", last.name())
          .to(LOG);
    }
  }

  /**
   * All sources together made too many wrong guesses at collection codes.
   *
   * @param last the source of the last guess
   */
  void codes(RequestSource last) {
    if (codeLines.add() == 1) {
      LogEvent.warning(
              "Too many wrong collection codes within a minute, from all sources together. Each"
                  + " source is throttled for itself")
          .with("source", last.name())
          .to(LOG);
    }
  }
}
