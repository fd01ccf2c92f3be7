package org.certcollect.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The HTTPS listener's certificates and protocol versions.
 *
 * @param files the files with the server's keys; together at most one RSA and one EC key, or one
 *     key in a token
 * @param profile the profile of Mozilla's "Server Side TLS" to follow
 */
public record TlsConfig(List<TlsKeyFiles> files, Profile profile) {
  public TlsConfig {
    files = List.copyOf(files);
    if (files.size() > 1 && files.stream().anyMatch(Pkcs11Key.class::isInstance)) {
      throw new IllegalArgumentException("a key in a token is the only one");
    }
  }

  /** The profile of TLS versions and ciphers. */
  public enum Profile {
    /** TLS 1.2 and 1.3, AEAD ciphers with forward secrecy. */
    INTERMEDIATE,
    /** TLS 1.3 only. */
    MODERN
  }

  /** The places of a key and its certificate. */
  public sealed interface TlsKeyFiles {}

  /**
   * PEM files.
   *
   * @param certificate the server's certificate, then its intermediates
   * @param key the private key; may be the same file
   */
  public record PemFiles(Path certificate, Path key) implements TlsKeyFiles {}

  /**
   * A PKCS#12 file with one or more keys and their chains.
   *
   * @param password the file with its password; empty if it has none
   */
  public record Pkcs12File(Path keyStore, Optional<Path> password) implements TlsKeyFiles {}

  /**
   * A private key in a PKCS#11 token, for example a hardware security module. It stays there.
   *
   * @param configuration the configuration of the JDK's provider SunPKCS11
   * @param label the label of the certificate that the token has with the key
   * @param pin the file with the token's PIN; empty if no program gives it
   * @param certificate a PEM file with the certificate, then its intermediates; empty to take those
   *     in the token
   */
  public record Pkcs11Key(
      Path configuration, String label, Optional<Path> pin, Optional<Path> certificate)
      implements TlsKeyFiles {}
}
