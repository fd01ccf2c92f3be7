package org.certcollect.server.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.certcollect.server.config.TlsConfig;
import org.jspecify.annotations.Nullable;

/**
 * The server's keys, at most one of each type, with their certificates. The alias of a key is its
 * type. Immutable.
 */
public final class ServerKeys extends X509ExtendedKeyManager {
  /** The time after which a handshake is given up; a signature that comes later helps nobody. */
  public static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(5);

  /** EC comes first: a signature takes a fraction of the time of one with RSA. */
  private final TreeMap<String, ServerKey> keys = new TreeMap<>();

  /** A key and its certificate. */
  record ServerKey(PrivateKey key, ServedCertificate certificate) {}

  private final TlsConfig.Profile profile;
  private final Optional<KeylessSigner> signer;

  ServerKeys(Map<String, ServerKey> keys, TlsConfig.Profile profile) {
    this(keys, profile, Optional.empty());
  }

  private ServerKeys(
      Map<String, ServerKey> keys, TlsConfig.Profile profile, Optional<KeylessSigner> signer) {
    this.profile = profile;
    this.keys.putAll(keys);
    this.signer = signer;
  }

  /**
   * The same keys, with AWS-LC to sign with the RSA key if that is faster here: see {@link
   * FasterSigner}. It takes some tenths of a second if there is an RSA key. A key in a token is
   * used there.
   */
  public ServerKeys signingFast() {
    if (signer.isPresent()) {
      return this;
    }
    return Optional.ofNullable(keys.get("RSA"))
        .flatMap(FasterSigner::of)
        .map(this::signingBy)
        .orElse(this);
  }

  /** The same keys, of which BoringSSL is not to have the signer's. */
  ServerKeys signingBy(KeylessSigner other) {
    return new ServerKeys(keys, profile, Optional.of(other));
  }

  /** The signer of a key that BoringSSL is not to have; usually there is none, or an RSA key's. */
  Optional<KeylessSigner> signer() {
    return signer;
  }

  /** The versions and ciphers to use them with. */
  public TlsConfig.Profile profile() {
    return profile;
  }

  List<ServerKey> all() {
    return List.copyOf(keys.values());
  }

  public List<ServedCertificate> certificates() {
    return all().stream().map(ServerKey::certificate).toList();
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String type, Principal @Nullable [] issuers, SSLEngine engine) {
    return keys.containsKey(type) ? type : null;
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    ServerKey key = keys.get(alias);
    return key == null ? null : key.certificate().chain().toArray(X509Certificate[]::new);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    ServerKey key = keys.get(alias);
    return key == null ? null : key.key();
  }

  @Override
  public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
    return keys.containsKey(type) ? new String[] {type} : new String[0];
  }

  @Override
  public @Nullable String chooseServerAlias(
      String type, Principal @Nullable [] issuers, Socket socket) {
    return keys.containsKey(type) ? type : null;
  }

  @Override
  public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
    return new String[0];
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] types, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }
}
