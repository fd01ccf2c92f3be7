package org.certcollect.cli.config;

import java.nio.file.Path;
import java.util.List;

/** The settings of a TLS key in a PKCS#11 token. */
final class TokenKeys {
  static final Key<Path> CONFIGURATION =
      Key.of(
          "tls.pkcs11-config",
          Type.FILE,
          "",
          "/etc/certcollect/pkcs11.cfg",
          "Configuration of Java's provider SunPKCS11 for the token (HSM, smart card) that has the"
              + " private key, instead of tls.key and the other files with keys");

  static final Key<String> LABEL =
      Key.of(
          "tls.pkcs11-key",
          Type.TEXT,
          "",
          "tls",
          "Label of the certificate that the token has with the key, RSA or EC; without"
              + " tls.certificate that certificate is served, with its issuers in the token");

  static final Key<Path> PIN_FILE =
      Key.of(
          "tls.pkcs11-pin-file",
          Type.FILE,
          "",
          "/etc/certcollect/pkcs11-pin",
          "File with the user PIN of the token; without it for tokens that ask by themselves or"
              + " need none");

  /** All keys, in the order in which they are shown. */
  static final List<Key<?>> ALL = List.of(CONFIGURATION, LABEL, PIN_FILE);

  private TokenKeys() {}
}
