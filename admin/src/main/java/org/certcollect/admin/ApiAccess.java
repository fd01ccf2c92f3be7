package org.certcollect.admin;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.certcollect.store.ApiCredential;
import org.certcollect.store.ApiCredential.Kind;
import org.certcollect.store.ApiCredential.Scope;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.Digests;
import org.certcollect.store.x509.ParsedCertificate;

/** Operations on the credentials of the admin API. */
public final class ApiAccess {
  /** The begin of every token, by which scanners for leaked secrets can know it. */
  private static final String PREFIX = "cctok_";

  private static final int BYTES = 32;

  private final Store store;
  private final Actor actor;
  private final Clock clock;

  /** Creates operations that are recorded in the name of an actor. */
  public ApiAccess(Store store, Actor actor, Clock clock) {
    this.store = store;
    this.actor = actor;
    this.clock = clock;
  }

  /**
   * A credential that was added.
   *
   * @param token the token, which cannot be shown again; empty for a certificate
   */
  public record Added(ApiCredential credential, Optional<String> token) {}

  /** Adds a token of 256 random bits. */
  public Added addToken(String name, Set<Scope> scopes, Duration validity) {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    String token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    byte[] bytes = token.getBytes(StandardCharsets.US_ASCII);
    Instant end = clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(validity);
    return new Added(add(name, Kind.TOKEN, Digests.sha256(bytes), scopes, end), Optional.of(token));
  }

  /** Adds a client certificate, whoever issued it. It is valid until it expires. */
  public Added addCertificate(String name, Set<Scope> scopes, ParsedCertificate certificate) {
    byte[] digest = Digests.sha256(certificate.der());
    Instant end = certificate.stored().notAfter();
    return new Added(add(name, Kind.CERTIFICATE, digest, scopes, end), Optional.empty());
  }

  private ApiCredential add(
      String name, Kind kind, byte[] digest, Set<Scope> scopes, Instant expires) {
    ApiCredential credential =
        new ApiCredential(
            name,
            kind,
            HexFormat.of().formatHex(digest),
            scopes,
            clock.instant(),
            expires,
            Optional.empty());
    store.apiCredentials().add(credential, actor);
    return credential;
  }

  /** Removes a credential of a kind. */
  public void remove(String name) {
    store.apiCredentials().remove(name, actor);
  }
}
