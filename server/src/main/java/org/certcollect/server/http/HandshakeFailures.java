package org.certcollect.server.http;

import com.github.benmanes.caffeine.cache.Ticker;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.certcollect.server.auth.MinuteCounter;
import org.certcollect.server.log.LogEvent;

/** The counts of TLS handshakes that failed. Safe for use by many threads. */
public final class HandshakeFailures {
  private static final Logger LOG = Logger.getLogger("certcollect.tls");

  /** The cause of a failure. */
  public enum Cause {
    /** The client did not finish in time. */
    TIMEOUT,
    /** The client ended the connection. */
    CLOSED,
    /** The client does not speak TLS. */
    NOT_TLS,
    /** No TLS version is allowed on both sides. */
    VERSION,
    /** No cipher suite, curve or signature algorithm is allowed on both sides. */
    CIPHER,
    /** The client does not accept the server's certificate. */
    CERTIFICATE,
    /** Any other cause. */
    OTHER
  }

  private final Map<Cause, LongAdder> counts = new ConcurrentHashMap<>();
  private final Map<Cause, MinuteCounter> logged = new ConcurrentHashMap<>();

  /** The number of failures by each cause. */
  public Map<Cause, Long> counts() {
    Map<Cause, Long> all = new EnumMap<>(Cause.class);
    for (Cause cause : Cause.values()) {
      all.put(cause, count(cause).sum());
    }
    return all;
  }

  private LongAdder count(Cause cause) {
    return counts.computeIfAbsent(cause, unused -> new LongAdder());
  }

  /** Counts a failure, and logs the first one of its cause in a minute. */
  void add(Throwable failure) {
    Cause cause = cause(failure);
    count(cause).increment();
    if (logged.computeIfAbsent(cause, unused -> new MinuteCounter(Ticker.systemTicker())).add()
        == 1) {
      LogEvent.info("A TLS handshake failed; others by the same cause within a minute are counted")
          .with("cause", cause)
          .with("failures", count(cause).sum())
          .to(LOG);
    }
  }

  private static Cause cause(Throwable failure) {
    if (failure instanceof SslHandshakeTimeoutException) {
      return Cause.TIMEOUT;
    }
    String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (failure instanceof NotSslRecordException || text.contains("http_request")) {
      return Cause.NOT_TLS;
    }
    if (failure instanceof ClosedChannelException || text.contains("closed") || isReset(failure)) {
      return Cause.CLOSED;
    }
    if (text.contains("protocol") || text.contains("version")) {
      return Cause.VERSION;
    }
    if (Stream.of("cipher", "curve", "group", "signature").anyMatch(text::contains)) {
      return Cause.CIPHER;
    }
    return text.contains("certificate")
            || text.contains("unknown_ca")
            || text.contains("unknown ca")
        ? Cause.CERTIFICATE
        : Cause.OTHER;
  }

  private static boolean isReset(Throwable failure) {
    return failure instanceof IOException && String.valueOf(failure.getMessage()).contains("reset");
  }
}
