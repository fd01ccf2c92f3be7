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
  private static final int MAX_LINES = 10;

  private final MinuteCounter sourceLines;
  private final MinuteCounter accountLines;
  private final MinuteCounter codeLines;
  private final MinuteCounter suspendedLoginLines;
  private final MinuteCounter suspendedCodesLines;

  GuessWarnings(Ticker ticker) {
    sourceLines = new MinuteCounter(ticker);
    accountLines = new MinuteCounter(ticker);
    codeLines = new MinuteCounter(ticker);
    suspendedLoginLines = new MinuteCounter(ticker);
    suspendedCodesLines = new MinuteCounter(ticker);
  }

  /** One source, or one wider network, made too many wrong guesses. */
  void source(RequestSource source) {
    if (sourceLines.add() == 1) {
      LogEvent.warning(
              "Too many wrong guesses from one source. It is throttled until a minute after the"
                  + " first of them: only logins and collection codes that it used lately, and that"
                  + " are not suspended there, are accepted from it. All clients of a load balancer"
                  + " or reverse proxy that is not listed in proxy.trusted count as one source")
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
    if (accountLines.add() <= MAX_LINES) {
      LogEvent.warning(
              "Too many wrong guesses at the password of one account within a minute, from all"
                  + " sources together. Each source is throttled for itself, and no source's"
                  + " guesses stop the account's clients at another source")
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

  /** A verified login is suspended at its own source. */
  void loginSuspended(long account, RequestSource source) {
    if (suspendedLoginLines.add() <= MAX_LINES) {
      LogEvent.warning(
              "An account is suspended at a source that uses it, as too many different wrong"
                  + " passwords came from there: until a minute after the first of them even the"
                  + " right password is refused there. Find the client at this source that sends"
                  + " them, or list the source in proxy.trusted if it is a load balancer or reverse"
                  + " proxy. Other sources can use the account")
          .with("account", account)
          .with("source", source.name())
          .to(LOG);
    }
  }

  /** The verified collection codes of a source are suspended there. */
  void codesSuspended(RequestSource source) {
    if (suspendedCodesLines.add() <= MAX_LINES) {
      LogEvent.warning(
              "Collection codes are suspended at a source that uses them, as too many different"
                  + " wrong ones came from there: until a minute after the first of them even right"
                  + " codes are refused there. Find the client at this source that sends them, or"
                  + " list the source in proxy.trusted if it is a load balancer or reverse proxy."
                  + " Other sources can use their codes")
          .with("source", source.name())
          .to(LOG);
    }
  }
}
