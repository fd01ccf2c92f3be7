package org.certcollect.server.config;

import java.nio.file.Path;

/**
 * The HTTPS listener's certificate and protocol versions.
 *
 * @param certificate a PEM file: the server's certificate, then its intermediates
 * @param key a PEM file: the private key, RSA or EC
 * @param profile the profile of Mozilla's "Server Side TLS" to follow
 */
public record TlsConfig(Path certificate, Path key, Profile profile) {
  /** The profile of TLS versions and ciphers. */
  public enum Profile {
    /** TLS 1.2 and 1.3, AEAD ciphers with forward secrecy. */
    INTERMEDIATE,
    /** TLS 1.3 only. */
    MODERN
  }
}
