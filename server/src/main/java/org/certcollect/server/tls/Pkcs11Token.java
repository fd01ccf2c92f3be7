package org.certcollect.server.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.certcollect.server.config.TlsConfig.Pkcs11Key;
import org.jspecify.annotations.Nullable;

/**
 * A private key in a PKCS#11 token that this process has logged in to. The provider is not
 * registered in the JVM, so no other code signs with it. Safe for use by many threads.
 */
final class Pkcs11Token {
  private final Provider provider;
  private final PrivateKey key;
  private final List<X509Certificate> chain;

  private Pkcs11Token(Provider provider, PrivateKey key, List<X509Certificate> chain) {
    this.provider = provider;
    this.key = key;
    this.chain = chain;
  }

  PrivateKey key() {
    return key;
  }

  /** The certificates that the token has with the key. */
  List<X509Certificate> chain() {
    return chain;
  }

  /**
   * Opens the token, and logs in with the PIN that its file holds now. If this process has logged
   * in already, the token does not look at the PIN.
   */
  static Pkcs11Token open(Pkcs11Key config) throws IOException, GeneralSecurityException {
    try {
      KeyStore store = logIn(config, provider(config.configuration()));
      if (!(store.getKey(config.label(), null) instanceof PrivateKey key)) {
        throw new TokenException(missing(config, store), null);
      }
      List<X509Certificate> chain =
          Arrays.stream(store.getCertificateChain(config.label()))
              .map(X509Certificate.class::cast)
              .toList();
      return new Pkcs11Token(store.getProvider(), key, chain);
    } catch (KeyStoreException | RuntimeException e) {
      throw new TokenException(
          ("the PKCS#11 token of %s cannot be read (%s): see whether the token is there,"
                  + " and restart the server if it is")
              .formatted(config.configuration(), root(e)),
          e);
    }
  }

  private static Provider provider(Path configuration) throws TokenException {
    Provider unconfigured = Security.getProvider("SunPKCS11");
    if (unconfigured == null) {
      throw new TokenException(
          "this Java has no provider SunPKCS11, which tls.pkcs11-config needs: use another build"
              + " of Java, or see its conf/security/java.security",
          null);
    }
    try {
      return unconfigured.configure(configuration.toAbsolutePath().toString());
    } catch (RuntimeException | LinkageError e) {
      throw new TokenException(
          ("%s opens no PKCS#11 token (%s): tls.pkcs11-config must be a configuration of"
                  + " Java's SunPKCS11, whose library and slot this user may use")
              .formatted(configuration, root(e)),
          e);
    }
  }

  private static KeyStore logIn(Pkcs11Key config, Provider provider)
      throws IOException, GeneralSecurityException {
    KeyStore store;
    try {
      store = KeyStore.getInstance("PKCS11", provider);
    } catch (KeyStoreException e) {
      throw new TokenException(
          "there is no PKCS#11 token in the slot that %s names: insert it, or name another slot"
              .formatted(config.configuration()),
          e);
    }
    char @Nullable [] pin = config.pin().isPresent() ? pin(config.pin().get()) : null;
    try {
      store.load(null, pin);
      return store;
    } catch (IOException e) {
      if (e.getCause() instanceof UnrecoverableKeyException) {
        throw new TokenException(
            ("the PIN in %s is wrong (%s): correct it before you try again, as tokens lock"
                    + " themselves after a few wrong PINs")
                .formatted(config.pin().map(Path::toString).orElse("no file"), root(e)),
            e,
            true);
      }
      String advice =
          pin == null
              ? "set tls.pkcs11-pin-file to a file with its PIN"
              : "see whether its user PIN is set, and not locked";
      throw new TokenException(
          "the PKCS#11 token of %s takes no login (%s): %s"
              .formatted(config.configuration(), root(e), advice),
          e,
          root(e).startsWith("CKR_PIN"));
    } finally {
      if (pin != null) {
        Arrays.fill(pin, '\0');
      }
    }
  }

  private static char[] pin(Path file) throws IOException, TokenException {
    String pin = Files.readString(file).replaceFirst("\\R\\z", "");
    if (pin.isEmpty() || !StandardCharsets.US_ASCII.newEncoder().canEncode(pin)) {
      // The token would count it as a wrong guess.
      throw new TokenException(
          file + " has no PIN: put it there in ASCII, and nothing else", null, true);
    }
    return pin.toCharArray();
  }

  private static String missing(Pkcs11Key config, KeyStore store) throws KeyStoreException {
    List<String> labels = new ArrayList<>();
    for (String label : Collections.list(store.aliases())) {
      if (store.isKeyEntry(label)) {
        labels.add(label);
      }
    }
    Collections.sort(labels);
    String advice =
        " set tls.pkcs11-key to one of them, or store a certificate with the CKA_ID of your key:"
            + " Java sees no key without one";
    return "the PKCS#11 token of %s has no private key %s with a certificate, only %s:"
            .formatted(config.configuration(), config.label(), labels)
        + advice;
  }

  /** What the PKCS#11 library said, for example CKR_PIN_LOCKED. */
  private static String root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }

  byte[] sign(SignatureScheme scheme, byte[] message) throws GeneralSecurityException {
    Signature signature = scheme.with(key, Optional.of(provider));
    signature.update(message);
    return signature.sign();
  }
}
