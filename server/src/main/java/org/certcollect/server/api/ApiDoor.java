package org.certcollect.server.api;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.certcollect.admin.EnumWords;
import org.certcollect.server.http.Route.Request;
import org.certcollect.server.management.SharedResult;
import org.certcollect.store.ApiCredential;
import org.certcollect.store.ApiCredential.Scope;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Digests;
import org.certcollect.store.domain.StoreException;

/**
 * The door of the admin API and of the page for operators. It knows callers by a bearer token (RFC
 * 6750) or a client certificate, and on the page also by a token as the password of HTTP Basic (RFC
 * 7617). It reads the credential at every request, so that its removal counts at once. Unknown
 * tokens are not throttled: nobody guesses 256 random bits, and whoever sends many must not shut
 * others out. Safe for use by many threads.
 */
final class ApiDoor implements AutoCloseable {
  private static final Map<String, String> CHALLENGE = Map.of("WWW-Authenticate", "Bearer");
  private static final Map<String, String> BROWSER_CHALLENGE =
      Map.of("WWW-Authenticate", "Basic realm=\"certcollect\", charset=\"UTF-8\"");

  private static final Duration MAX_WAIT = Duration.ofSeconds(1);

  private final Store store;
  private final Clock clock;

  /** Whether there is any credential, which is asked once a second, however many strangers come. */
  private final SharedResult<Boolean> on;

  /**
   * A caller with a valid credential.
   *
   * @param secret the token; empty for a certificate
   */
  record Caller(ApiCredential credential, String secret) {
    String actor() {
      return "api:" + credential.name();
    }

    boolean has(Scope scope) {
      return scope == Scope.READ || credential.scopes().contains(scope);
    }

    /** Throws the problem if the credential lacks a scope. */
    void require(Scope scope) {
      if (!has(scope)) {
        throw new ApiProblem(
            403,
            "missing-scope",
            "the credential %s lacks the scope %s"
                .formatted(credential.name(), EnumWords.of(scope)));
      }
    }
  }

  ApiDoor(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
    on = new SharedResult<>("api-door", store.apiCredentials()::any, MAX_WAIT, 0);
  }

  /**
   * Whether there is a credential that could open it, as of about a second ago. A store that does
   * not answer within a second leaves the last answer standing; without one, it is taken for on.
   */
  CompletableFuture<Boolean> isOn() {
    return on.getWithin(MAX_WAIT).thenApply(answer -> answer.orElse(true));
  }

  /**
   * Lets a caller in who has a valid credential, or throws the problem.
   *
   * @param browser whether the token may be the password of HTTP Basic (RFC 7617), which a browser
   *     sends again for every page that leads to this one
   */
  Caller admit(Request request, boolean browser) {
    Optional<String> token =
        field(request, "Bearer ")
            .or(() -> field(request, "Basic ").filter(text -> browser).map(ApiDoor::password));
    Optional<String> digest =
        token
            .map(text -> hex(text.getBytes(US_ASCII)))
            .or(() -> request.certificate().get().map(ApiDoor::digest));
    ApiCredential credential =
        digest.flatMap(this::find).orElseThrow(() -> refusal(digest.isEmpty(), browser));
    // A link of another site may lead to the page, which that site cannot read. A form of another
    // site must not search, whichever the credential. In the API a token shows that no browser sent
    // the request by itself.
    if (browser ? request.method().equals("POST") : token.isEmpty()) {
      requireSameSite(request);
    }
    note(credential);
    return new Caller(credential, token.orElse(""));
  }

  private static Optional<String> field(Request request, String scheme) {
    return request
        .field("Authorization")
        .filter(field -> field.regionMatches(true, 0, scheme, 0, scheme.length()))
        .map(field -> field.substring(scheme.length()).strip());
  }

  /** The password, whatever the user's name; a text that holds none is a wrong token. */
  private static String password(String credentials) {
    try {
      String pair = new String(Base64.getDecoder().decode(credentials), US_ASCII);
      return pair.substring(pair.indexOf(':') + 1);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /**
   * Refuses what a browser sends for a page of another site. It shows its user's certificate, and
   * sends the password of HTTP Basic, for any site. A bearer token it sends for none.
   */
  private static void requireSameSite(Request request) {
    Optional<String> site = request.field("Sec-Fetch-Site");
    Optional<String> origin = request.field("Origin");
    String own = (request.secure() ? "https://" : "http://") + request.field("Host").orElse("");
    if (site.filter(from -> !from.equals("same-origin") && !from.equals("none")).isPresent()
        || origin.filter(from -> !from.equals(own)).isPresent()) {
      throw new ApiProblem(
          403, "cross-site", "a page of another site must not use the browser's credentials");
    }
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

  private ApiProblem refusal(boolean isBare, boolean browser) {
    if (!isOn().join()) {
      return new ApiProblem(404, "api-off", "the admin API is off until there is a credential");
    }
    return new ApiProblem(
        401,
        "unauthorized",
        isBare
            ? browser
                ? "the page needs a token of the admin API, as the password"
                : "the request has neither a bearer token nor a client certificate"
            : "the credential is unknown, or it has expired",
        browser ? BROWSER_CHALLENGE : CHALLENGE);
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

  @Override
  public void close() {
    on.close();
  }
}
