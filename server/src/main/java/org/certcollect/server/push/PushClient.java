package org.certcollect.server.push;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.ssl.NotSslRecordException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLException;
import org.certcollect.server.config.PushConfig;
import org.certcollect.server.tls.TrustedCertificates;
import org.certcollect.store.domain.PushUrl;

/**
 * A client of the receivers of push notifications. It connects to an address that was checked,
 * shows and verifies the name of the URL, follows no redirect, and reads no more of an answer than
 * its head. Safe for use by many threads.
 */
final class PushClient implements AutoCloseable {
  private static final int MAX_LINE = 1_000;
  private static final int MAX_HEAD = 8_000;
  private static final int MAX_REASON = 200;

  private final PushConfig config;
  private final Optional<TrustOptions> trust;
  private final PushAddresses addresses;
  private final HostLookUps lookUps;
  private final Duration timeout;

  /** Guarded by this object. */
  private Optional<HttpClient> client = Optional.empty();

  private Optional<Vertx> vertx = Optional.empty();
  private boolean isClosed;

  /**
   * @throws RuntimeException if the trusted certificates cannot be read, with a message for the
   *     operator
   */
  PushClient(PushConfig config) {
    this(config, InetAddress::getAllByName);
  }

  /**
   * @param resolver looks up the addresses of a host
   */
  PushClient(PushConfig config, HostLookUps.Resolver resolver) {
    this.config = config;
    lookUps = new HostLookUps(resolver, 2 * config.connections());
    addresses = PushAddresses.of(config.networks());
    timeout = config.timeout();
    trust = config.trusted().map(TrustedCertificates::read).map(TrustOptions::wrap);
  }

  Optional<String> problem(PushUrl url) {
    return addresses.problem(url);
  }

  /** The client, which is made for the first request: most servers never send one. */
  private synchronized HttpClient client() {
    if (isClosed) {
      throw new PushException(PushOutcome.ERROR, "the server stops");
    }
    if (client.isEmpty()) {
      int millis = Math.toIntExact(timeout.toMillis());
      HttpClientOptions options =
          new HttpClientOptions()
              .setVerifyHost(true)
              .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
              .setKeepAlive(false)
              .setConnectTimeout(millis)
              .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
              .setSslHandshakeTimeout(millis)
              .setMaxInitialLineLength(MAX_LINE)
              .setMaxHeaderSize(MAX_HEAD);
      trust.ifPresent(options::setTrustOptions);
      // A server that stops closes its own while requests are still under way.
      Vertx own = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
      vertx = Optional.of(own);
      client =
          Optional.of(
              own.createHttpClient(
                  // One more is for a trial.
                  options, new PoolOptions().setHttp1MaxSize(config.connections() + 1)));
    }
    return client.get();
  }

  /**
   * Sends a request to the first address of its host that takes a connection.
   *
   * @param mayBeSent is asked when there is a connection, right before the request is sent
   * @return the status of the answer, which is 2xx; empty if it may not be sent
   * @throws PushException if it was not taken
   */
  OptionalInt send(PushRequest request, BooleanSupplier mayBeSent) {
    long end = System.nanoTime() + timeout.toNanos();
    List<InetAddress> found = addresses.resolve(request.url(), lookUps, timeout);
    ConnectFailure failure = new ConnectFailure(PushOutcome.UNREACHABLE, "no address");
    int left = found.size();
    for (InetAddress address : found) {
      long now = System.nanoTime();
      HttpClientRequest made;
      try {
        made = connect(request, address, now + (end - now) / left);
      } catch (ConnectFailure e) {
        // The next address may be the one that this network reaches.
        failure = e;
        left--;
        continue;
      }
      if (!mayBeSent.getAsBoolean()) {
        made.reset();
        return OptionalInt.empty();
      }
      return OptionalInt.of(exchange(request, made, end));
    }
    throw new PushException(failure.outcome, "no connection: " + failure.getMessage());
  }

  /** A connection that was not made, so nothing was sent. */
  private static final class ConnectFailure extends Exception {
    private static final long serialVersionUID = 1;
    private final PushOutcome outcome;

    ConnectFailure(PushOutcome outcome, String message) {
      super(message);
      this.outcome = outcome;
    }
  }

  private HttpClientRequest connect(PushRequest request, InetAddress address, long end)
      throws ConnectFailure {
    PushUrl url = request.url();
    Future<HttpClientRequest> made =
        client()
            .request(
                new RequestOptions()
                    .setMethod(request.form() ? HttpMethod.POST : HttpMethod.GET)
                    .setServer(
                        SocketAddress.inetSocketAddress(
                            url.port(), bracketed(address.getHostAddress())))
                    .setHost(bracketed(url.host()))
                    .setPort(url.port())
                    .setSsl(url.secure())
                    .setURI(request.path())
                    .setFollowRedirects(false));
    try {
      return await(made, end);
    } catch (ExecutionException e) {
      Throwable cause = cause(e);
      if (cause instanceof ConnectTimeoutException) {
        throw new ConnectFailure(PushOutcome.TIMEOUT, "time-out");
      } else if (cause instanceof SocketException) {
        throw new ConnectFailure(PushOutcome.UNREACHABLE, "refused or unreachable");
      }
      throw explain(cause);
    } catch (TimeoutException e) {
      made.onSuccess(HttpClientRequest::reset);
      throw new ConnectFailure(PushOutcome.TIMEOUT, "time-out");
    }
  }

  /** The host as the authority of a URL has it: an address of IPv6 is in brackets. */
  private static String bracketed(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }

  private int exchange(PushRequest request, HttpClientRequest made, long end) {
    made.putHeader("Host", request.url().authority())
        .putHeader("User-Agent", "certcollect")
        .putHeader("Accept", "*/*");
    request.authorization().ifPresent(value -> made.putHeader("Authorization", value));
    Future<HttpClientResponse> answer;
    if (request.form()) {
      made.putHeader("Content-Type", "application/x-www-form-urlencoded");
      answer = made.send(Buffer.buffer(request.encoded()));
    } else {
      answer = made.send();
    }
    try {
      int status = await(answer, end).statusCode();
      if (status / 100 != 2) {
        throw PushException.refused(status, "the answer was " + status + hint(status));
      }
      return status;
    } catch (ExecutionException e) {
      throw explain(cause(e));
    } catch (TimeoutException e) {
      throw timeout();
    } finally {
      // Whatever else the receiver says is not read.
      made.reset();
    }
  }

  private static String hint(int status) {
    if (status / 100 == 3) {
      return "; redirects are not followed";
    }
    return status == 401 ? "; the user or the password is wrong" : "";
  }

  private PushException timeout() {
    return new PushException(PushOutcome.TIMEOUT, "no answer within " + timeout.toMillis() + " ms");
  }

  private static <T> T await(Future<T> future, long end)
      throws ExecutionException, TimeoutException {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PushException(PushOutcome.ERROR, "the server stops");
    }
  }

  private static Throwable cause(ExecutionException e) {
    return e.getCause() == null ? e : e.getCause();
  }

  /** The exception for the operator. Of what the receiver sent it says nothing. */
  private static PushException explain(Throwable failure) {
    Optional<String> tls = Optional.empty();
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof NotSslRecordException) {
        // Its message has what the receiver sent.
        return new PushException(PushOutcome.TLS, "TLS failed: the receiver does not speak it");
      }
      if (e instanceof SSLException || e instanceof CertificateException) {
        tls = Optional.of(String.valueOf(e.getMessage()).replaceAll("\\p{C}+", " "));
      }
    }
    if (tls.isPresent()) {
      String reason = tls.get().substring(0, Math.min(MAX_REASON, tls.get().length()));
      return new PushException(PushOutcome.TLS, "TLS failed: " + reason);
    }
    return failure instanceof VertxException
            || failure instanceof IOException
            || failure instanceof PrematureChannelClosureException
        ? new PushException(
            PushOutcome.UNREACHABLE, "the connection ended before the answer was complete")
        : new PushException(PushOutcome.REFUSED, "the answer was not HTTP, or its head too long");
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    lookUps.close();
    vertx.ifPresent(own -> own.close().toCompletionStage().toCompletableFuture().join());
  }
}
