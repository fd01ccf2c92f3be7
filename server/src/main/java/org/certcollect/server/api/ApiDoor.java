package org.certcollect.server.api;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.certcollect.admin.EnumWords;
import org.certcollect.server.auth.RequestSource;
import org.certcollect.server.http.Route.Request;
import org.certcollect.store.ApiCredential;
import org.certcollect.store.ApiCredential.Scope;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Digests;
import org.certcollect.store.domain.StoreException;

/**
 * The door of the admin API. It knows callers by a bearer token (RFC 6750) or a client certificate,
 * and reads the credential at every request, so that its removal counts at once. While a source has
 * sent too many unknown tokens in a minute, only tokens that were good before are looked up for it:
 * others behind the same proxy go on. Safe for use by many threads.
 */
final class ApiDoor {
  private static final int MAX_WRONG = 20;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Map<String, String> CHALLENGE = Map.of("WWW-Authenticate", "Bearer");

  private final Store store;
  private final Clock clock;
  private final Cache<RequestSource, AtomicInteger> wrong =
      Caffeine.newBuilder().expireAfterWrite(MINUTE).maximumSize(10_000).build();
  private final Cache<String, Boolean> good =
      Caffeine.newBuilder().expireAfterWrite(Duration.ofHours(1)).maximumSize(1_000).build();

  /**
   * A caller with a valid credential.
   *
   * @param secret the token; empty for a certificate
   */
  record Caller(ApiCredential credential, String secret) {}

  ApiDoor(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Lets a caller in that has a scope, or throws the problem. */
  Caller admit(Request request, Scope scope) {
    Optional<String> token =
        request
            .field("Authorization")
            .filter(field -> field.regionMatches(true, 0, "Bearer ", 0, 7))
            .map(field -> field.substring(7).strip());
    Optional<String> digest =
        token
            .map(text -> hex(text.getBytes(US_ASCII)))
            .or(() -> request.certificate().get().map(ApiDoor::digest));
    if (digest.isPresent() && !good.asMap().containsKey(digest.get())) {
      requireFew(request.source());
    }
    ApiCredential credential =
        digest.flatMap(this::find).orElseThrow(() -> refusal(request.source(), digest.isEmpty()));
    good.put(credential.sha256(), true);
    if (scope != Scope.READ && !credential.scopes().contains(scope)) {
      throw new ApiProblem(
          403,
          "missing-scope",
          "the credential %s lacks the scope %s".formatted(credential.name(), EnumWords.of(scope)));
    }
    note(credential);
    return new Caller(credential, token.orElse(""));
  }

  private Optional<ApiCredential> find(String digest) {
    // The digest tells nothing about a token that is like another one, so no time of the look-up
    // does; it is compared once more in constant time, whatever a database takes for equal.
    return store
        .apiCredentials()
        .find(digest)
        .filter(
            found ->
                MessageDigest.isEqual(found.sha256().getBytes(US_ASCII), digest.getBytes(US_ASCII)))
        .filter(found -> clock.instant().isBefore(found.expires()));
  }

  private void requireFew(RequestSource source) {
    AtomicInteger count = wrong.getIfPresent(source);
    if (count != null && count.get() >= MAX_WRONG) {
      throw new ApiProblem(
          429,
          "throttled",
          "too many unknown credentials came from this address: try again in a minute",
          Map.of("Retry-After", "60"));
    }
  }

  private ApiProblem refusal(RequestSource source, boolean isBare) {
    if (!store.apiCredentials().any()) {
      return new ApiProblem(404, "api-off", "the admin API is off until there is a credential");
    }
    if (!isBare) {
      wrong.get(source, unused -> new AtomicInteger()).incrementAndGet();
    }
    return new ApiProblem(
        401,
        "unauthorized",
        isBare
            ? "the request has neither a bearer token nor a client certificate"
            : "the credential is unknown, or it has expired",
        CHALLENGE);
  }

  /** Notes the day of the use, once a day. A store that takes no writes still answers reads. */
  private void note(ApiCredential credential) {
    Instant day = clock.instant().truncatedTo(ChronoUnit.DAYS);
    if (!credential.lastUsed().equals(Optional.of(day))) {
      try {
        store.apiCredentials().used(credential.name(), day);
      } catch (StoreException e) {
        // The next use notes it.
      }
    }
  }

  private static String digest(X509Certificate certificate) {
    try {
      return hex(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read has an encoding", e);
    }
  }

  static String hex(byte[] secret) {
    return HexFormat.of().formatHex(Digests.sha256(secret));
  }
}
