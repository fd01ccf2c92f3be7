package org.certcollect.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.certcollect.client.CollectAnswer.Processing;
import org.certcollect.client.CollectAnswer.Refused;
import org.certcollect.client.InvalidAnswerException.Kind;
import org.certcollect.protocol.StatusCode;

/**
 * A client of one server. Safe for use by many threads. It keeps connections open for some time;
 * they end with it, so one client should serve many requests.
 */
public final class CollectClient {
  /** The end of a URL that each request brings itself, if it is there. */
  private static final Pattern PROTOCOL_PATH =
      Pattern.compile("(/products/download(/Collect(SSL|CCC))?)?/*\\z");

  private static final int MAX_BAD_ANSWERS = 3;
  private static final int MAX_PORT = 65_535;
  private static final Duration MAX_TIMEOUT = Duration.ofDays(1);

  private final URI base;
  private final Exchange exchange;

  private CollectClient(URI base, Builder settings) {
    this.base = base;
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(settings.connectTimeout)
            .sslContext(settings.trust.context())
            .build();
    exchange = new Exchange(http, settings.timeout, settings.maxBytes, System::nanoTime);
  }

  /** A client with the default settings; see {@link #builder}. */
  public static CollectClient of(URI url) {
    return builder(url).build();
  }

  /**
   * A builder of a client.
   *
   * @param url the URL of the server, with or without the path of the protocol, for example {@code
   *     https://localhost:8443} or {@code https://localhost:8443/products/download/CollectSSL}.
   *     With {@code http} only requests by collection code are possible
   * @throws IllegalArgumentException if it is not such a URL, has a port that is not from 1 to
   *     65535, or has a user, a query or a fragment
   */
  public static Builder builder(URI url) {
    return new Builder(url);
  }

  /** The settings of a client. Confined to a thread. */
  public static final class Builder {
    private final URI url;
    private ServerTrust trust = ServerTrust.system();
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration timeout = Duration.ofSeconds(30);
    private int maxBytes = 1 << 20;

    private Builder(URI url) {
      if (!("https".equalsIgnoreCase(url.getScheme()) || isPlain(url))
          || url.getHost() == null
          || url.getRawUserInfo() != null
          || url.getRawQuery() != null
          || url.getRawFragment() != null) {
        // Not shown: it may have a password in it.
        throw new IllegalArgumentException(
            "the server's URL must be like https://host:port, without user and query");
      }
      if (url.getPort() == 0 || url.getPort() > MAX_PORT) {
        throw new IllegalArgumentException("the port must be from 1 to " + MAX_PORT);
      }
      this.url = url;
    }

    /** Sets the servers to trust (default: {@link ServerTrust#system}). */
    public Builder trust(ServerTrust servers) {
      trust = servers;
      return this;
    }

    /**
     * Sets the longest time for a connection, TLS included (default: 10 seconds).
     *
     * @throws IllegalArgumentException if it is not longer than 0, or longer than a day
     */
    public Builder connectTimeout(Duration time) {
      connectTimeout = checked(time);
      return this;
    }

    /**
     * Sets the longest time for a request and its answer, repeat included (default: 30 seconds).
     *
     * @throws IllegalArgumentException if it is not longer than 0, or longer than a day
     */
    public Builder timeout(Duration time) {
      timeout = checked(time);
      return this;
    }

    private static Duration checked(Duration time) {
      if (time.isNegative() || time.isZero() || time.compareTo(MAX_TIMEOUT) > 0) {
        throw new IllegalArgumentException("a time must be longer than 0 and at most a day");
      }
      return time;
    }

    /** Sets the largest answer, in bytes, up to 64 MiB (default: 1 MiB). */
    public Builder maxBytes(int bytes) {
      if (bytes < 1 || bytes > 64 << 20) {
        throw new IllegalArgumentException("an answer may have from 1 byte to 64 MiB");
      }
      maxBytes = bytes;
      return this;
    }

    public CollectClient build() {
      return new CollectClient(url, this);
    }
  }

  /**
   * Sends a request and returns its answer. A refusal is an answer, not an exception.
   *
   * @throws CollectException if there is no valid answer; {@link CollectException#isTemporary}
   *     tells whether to try again
   * @throws InterruptedException if the thread is interrupted; the connection is closed then
   * @throws IllegalArgumentException if the request has a password and the URL is {@code http}
   */
  public <C> CollectAnswer<C> collect(CollectQuery<C> query)
      throws CollectException, InterruptedException {
    if (isPlain(base) && !query.allowsPlainHttp()) {
      throw new IllegalArgumentException(
          "a password must not go over plain HTTP: use the server's https URL");
    }
    String prefix = PROTOCOL_PATH.matcher(base.toString()).replaceFirst("");
    byte[] body = exchange.post(URI.create(prefix + query.endpoint().path()), query.body());
    return new AnswerReader<>(query).read(body);
  }

  /**
   * Asks again and again until the order is not being processed any more, or the limit is reached,
   * and returns the last answer. It waits for an answer also while the server fails (code -14) or,
   * after the first answer, cannot be reached: a restart does not end it. An order that awaits
   * payment is a refusal, and ends it, and so does the third answer in a row with incomplete
   * certificates: it is not a broken connection then.
   *
   * @throws CollectException if the first request has no valid answer, or the last one, or one
   *     after which it is useless to try again
   * @throws InterruptedException if the thread is interrupted
   */
  public <C> CollectAnswer<C> await(CollectQuery<C> query, Polling polling)
      throws CollectException, InterruptedException {
    CollectAnswer<C> answer = collect(query);
    Polling.Schedule schedule = polling.begin();
    Optional<CollectException> failure = Optional.empty();
    int bad = 0;
    while ((failure.isPresent() || isPending(answer)) && schedule.pause()) {
      try {
        answer = collect(query);
        failure = Optional.empty();
        bad = 0;
      } catch (CollectException e) {
        boolean isBad =
            e instanceof InvalidAnswerException invalid && invalid.kind() == Kind.BAD_CERTIFICATES;
        bad = isBad ? bad + 1 : 0;
        if (!e.isTemporary() || bad == MAX_BAD_ANSWERS) {
          throw e;
        }
        failure = Optional.of(e);
      }
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
    return answer;
  }

  private static boolean isPending(CollectAnswer<?> answer) {
    return answer instanceof Processing
        || (answer instanceof Refused<?> refused
            && refused.code() == StatusCode.UNKNOWN_ERROR.code());
  }

  private static boolean isPlain(URI url) {
    return "http".equalsIgnoreCase(url.getScheme());
  }

  @Override
  public String toString() {
    return "CollectClient[" + base + "]";
  }
}
