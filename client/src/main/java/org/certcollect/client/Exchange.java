package org.certcollect.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.certcollect.client.ConnectionFailedException.Reason;
import org.certcollect.client.InvalidAnswerException.Kind;

/** The exchange of a request for the body of its answer. Safe for use by many threads. */
final class Exchange {
  private final HttpClient http;
  private final Duration timeout;
  private final int maxBytes;
  private final LongSupplier nanoTime;

  Exchange(HttpClient http, Duration timeout, int maxBytes, LongSupplier nanoTime) {
    this.http = http;
    this.timeout = timeout;
    this.maxBytes = maxBytes;
    this.nanoTime = nanoTime;
  }

  byte[] post(URI url, String form) throws CollectException, InterruptedException {
    long end = nanoTime.getAsLong() + timeout.toNanos();
    HttpResponse<byte[]> answer;
    try {
      answer = attempt(url, form, end);
    } catch (ConnectionFailedException e) {
      if (e.reason() != Reason.BROKEN) {
        throw e;
      }
      // A server may close a kept connection while the request is under way, which changes nothing
      // there. So it is sent again, once, with the time that is left.
      answer = attempt(url, form, end);
    }
    if (answer.statusCode() != 200) {
      throw new HttpStatusException(url, answer.statusCode());
    }
    if (answer.body().length > maxBytes) {
      throw new InvalidAnswerException(Kind.TOO_LARGE);
    }
    return answer.body();
  }

  private HttpResponse<byte[]> attempt(URI url, String form, long end)
      throws ConnectionFailedException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, head -> new BoundedBody(head.statusCode() == 200 ? maxBytes : 0));
    try {
      // HttpRequest.timeout ends with the header fields.
      return answer.get(end - nanoTime.getAsLong(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new ConnectionFailedException(url, Reason.TIMEOUT);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure
          ? ConnectionFailedException.of(url, failure)
          : new ConnectionFailedException(url, Reason.BROKEN);
    } finally {
      // This closes the connection unless the answer is complete.
      answer.cancel(true);
    }
  }
}
