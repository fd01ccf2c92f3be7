package org.certcollect.server.tls;

import static org.certcollect.server.tls.TokenException.root;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.certcollect.server.config.TlsConfig.Pkcs11Key;
import org.jspecify.annotations.Nullable;

/**
 * A private key in a PKCS#11 token that this process has logged in to. The provider is not
 * registered in the JVM, so no other code signs with it. Safe for use by many threads.
 */
final class Pkcs11Token {
  private static final Pattern PIN = Pattern.compile("[ -~]+");

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

  Provider provider() {
    return provider;
  }

  /** The outcome of a login: the token if it has the key, and the labels of all its keys. */
  private record Loaded(Optional<Pkcs11Token> token, List<String> labels) {}

  /**
   * Opens the token, and logs in with the PIN that its file holds now. If this process has logged
   * in already, the token does not look at the PIN.
   */
  static Pkcs11Token open(Pkcs11Key config) throws TokenException {
    char @Nullable [] pin = config.pin().isPresent() ? pin(config.pin().get()) : null;
    try {
      Loaded loaded =
          TokenProviders.OF_PROCESS.use(
              config.configuration(), provider -> load(config, pin, provider));
      return loaded
          .token()
          .orElseThrow(() -> new TokenException(missing(config, loaded.labels()), null));
    } finally {
      if (pin != null) {
        Arrays.fill(pin, '\0');
      }
    }
  }

  private static Loaded load(Pkcs11Key config, char @Nullable [] pin, Provider provider)
      throws TokenException {
    try {
      KeyStore store = logIn(config, pin, provider);
      if (!(store.getKey(config.label(), null) instanceof PrivateKey key)) {
        return new Loaded(Optional.empty(), labels(store));
      }
      List<X509Certificate> chain =
          Arrays.stream(store.getCertificateChain(config.label()))
              .map(X509Certificate.class::cast)
              .toList();
      return new Loaded(Optional.of(new Pkcs11Token(provider, key, chain)), List.of());
    } catch (TokenException e) {
      throw e;
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new TokenException(
          ("the PKCS#11 token of %s cannot be read (%s): see whether the token is there,"
                  + " and restart the server if it is")
              .formatted(config.configuration(), root(e)),
          e);
    }
  }

  private static KeyStore logIn(Pkcs11Key config, char @Nullable [] pin, Provider provider)
      throws GeneralSecurityException {
    KeyStore store;
    try {
      store = KeyStore.getInstance("PKCS11", provider);
    } catch (KeyStoreException e) {
      throw new TokenException(
          "there is no PKCS#11 token in the slot that %s names: insert it, or name another slot"
              .formatted(config.configuration()),
          e);
    }
    try {
      store.load(null, pin);
      return store;
    } catch (IOException e) {
      throw refusal(config, e);
    }
  }

  /** The problem of a login that failed. */
  static TokenException refusal(Pkcs11Key config, IOException e) {
    if (e.getCause() instanceof UnrecoverableKeyException) {
      return new TokenException(
          ("the PIN %s is wrong (%s): correct it before you try again, as tokens lock"
                  + " themselves after a few wrong PINs")
              .formatted(
                  config.pin().map(file -> "in " + file).orElse("that the token asked for"),
                  root(e)),
          e,
          true);
    }
    String advice =
        config.pin().isEmpty()
            ? "set tls.pkcs11-pin-file to a file with its PIN"
            : "see whether its user PIN is set, and not locked";
    return new TokenException(
        "the PKCS#11 token of %s takes no login (%s): %s"
            .formatted(config.configuration(), root(e), advice),
        e,
        root(e).startsWith("CKR_PIN"));
  }

  private static char[] pin(Path file) throws TokenException {
    String pin;
    try {
      pin = Files.readString(file, StandardCharsets.ISO_8859_1).replaceFirst("\\R\\z", "");
    } catch (IOException e) {
      throw TokenException.unreadable(file, "tls.pkcs11-pin-file", e);
    }
    if (!PIN.matcher(pin).matches()) {
      // The token is not asked: it would count this as a wrong guess.
      throw new TokenException(
          file + " has no PIN: put it there in ASCII, in one line, and nothing else", null);
    }
    return pin.toCharArray();
  }

  private static List<String> labels(KeyStore store) throws KeyStoreException {
    List<String> labels = new ArrayList<>();
    for (String label : Collections.list(store.aliases())) {
      if (store.isKeyEntry(label)) {
        labels.add(label);
      }
    }
    Collections.sort(labels);
    return labels;
  }

  private static String missing(Pkcs11Key config, List<String> labels) {
    String advice =
        " set tls.pkcs11-key to one of them, or store a certificate with the CKA_ID of your key:"
            + " Java sees no key without one";
    return "the PKCS#11 token of %s has no private key %s with a certificate, only %s:"
            .formatted(config.configuration(), config.label(), labels)
        + advice;
  }

  byte[] sign(SignatureScheme scheme, byte[] message) throws GeneralSecurityException {
    Signature signature = scheme.with(key, Optional.of(provider));
    signature.update(message);
    return signature.sign();
  }
}
