package org.certcollect.server.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.certcollect.server.config.TlsConfig;
import org.certcollect.server.config.TlsConfig.PemFiles;
import org.certcollect.server.config.TlsConfig.Pkcs11Key;
import org.certcollect.server.config.TlsConfig.Pkcs12File;
import org.certcollect.server.config.TlsConfig.TlsKeyFiles;
import org.certcollect.server.tls.ServerKeys.ServerKey;
import org.jspecify.annotations.Nullable;

/** A reader of the files with the server's keys. */
public final class ServerKeyReader {
  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----");

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN ((\\w+ )?PRIVATE KEY)-----([^-]*)-----END \\1-----");

  /**
   * A renewal may replace files while they are read, or between a certificate and its key. The
   * files are then read again.
   */
  private static final int ATTEMPTS = 4;

  private static final Duration PAUSE = Duration.ofMillis(50);

  private ServerKeyReader() {}

  /** The key of one renewal and the certificate of another, or of two unrelated files. */
  private static final class MismatchException extends GeneralSecurityException {
    private static final long serialVersionUID = 1;

    MismatchException(String message) {
      super(message);
    }
  }

  /**
   * Reads all files, and checks that each key belongs to its certificate. It may wait for a renewal
   * that is under way, so it is not for an event loop.
   */
  public static ServerKeys read(TlsConfig config)
      throws GeneralSecurityException, IOException, InterruptedException {
    if (config.files().get(0) instanceof Pkcs11Key key) {
      return token(key, config.profile());
    }
    for (int attempt = 1; ; attempt++) {
      try {
        Map<String, ServerKey> keys = new HashMap<>();
        for (TlsKeyFiles files : config.files()) {
          for (ServerKey key : read(files)) {
            add(key, files, keys);
          }
        }
        return new ServerKeys(keys, config.profile());
      } catch (MismatchException | NoSuchFileException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        Thread.sleep(PAUSE.toMillis());
      }
    }
  }

  /** The key in a token, which is the only key of its server. */
  private static ServerKeys token(Pkcs11Key config, TlsConfig.Profile profile)
      throws GeneralSecurityException, IOException {
    Optional<ServedCertificate> file =
        config.certificate().isPresent()
            ? Optional.of(chain(config.certificate().get()))
            : Optional.empty();
    TokenSigner signer = TokenSigner.open(config, file);
    ServerKey key = signer.served();
    return new ServerKeys(Map.of(key.certificate().keyType(), key), profile).signingBy(signer);
  }

  private static void add(ServerKey key, TlsKeyFiles files, Map<String, ServerKey> keys)
      throws GeneralSecurityException {
    if (!key.certificate().isOf(key.key())) {
      String subject = key.certificate().subject();
      if (files instanceof Pkcs12File file) {
        // One file is never of two renewals.
        throw new KeyStoreException(
            "the key in %s does not belong to its certificate, that of %s"
                .formatted(file.keyStore(), subject));
      }
      PemFiles pem = (PemFiles) files;
      throw new MismatchException(
          "the key in %s does not belong to the certificate of %s in %s"
              .formatted(pem.key(), subject, pem.certificate()));
    }
    String type = key.certificate().keyType();
    if (keys.putIfAbsent(type, key) != null) {
      throw new GeneralSecurityException(
          "there are two "
              + type
              + " keys, and only one could be used: keep one RSA and one EC key");
    }
  }

  private static List<ServerKey> read(TlsKeyFiles files)
      throws GeneralSecurityException, IOException {
    if (files instanceof PemFiles pem) {
      ServedCertificate chain = chain(pem.certificate());
      return List.of(new ServerKey(key(pem.key()), chain));
    }
    return keyStore((Pkcs12File) files);
  }

  private static List<ServerKey> keyStore(Pkcs12File file)
      throws GeneralSecurityException, IOException {
    char[] password =
        file.password().isPresent()
            ? Files.readString(file.password().get()).replaceFirst("\\R\\z", "").toCharArray()
            : new char[0];
    if (!StandardCharsets.US_ASCII.newEncoder().canEncode(CharBuffer.wrap(password))) {
      // The JDK would say that it is incorrect.
      throw new KeyStoreException("the password of %s is not ASCII".formatted(file.keyStore()));
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file.keyStore())) {
      store.load(in, password);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      boolean isLocked = e.getCause() instanceof UnrecoverableKeyException;
      throw new KeyStoreException(
          isLocked && file.password().isEmpty()
              ? file.keyStore() + " has a password, and tls.keystore-password-file is not set"
              : file.keyStore() + ": " + e.getMessage(),
          e);
    }
    List<ServerKey> keys = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      if (store.getKey(alias, password) instanceof PrivateKey key) {
        Certificate @Nullable [] own = store.getCertificateChain(alias);
        if (own == null) {
          throw new KeyStoreException(file.keyStore() + " has a private key without a certificate");
        }
        List<X509Certificate> chain = new ArrayList<>();
        for (Certificate certificate : own) {
          chain.add((X509Certificate) certificate);
        }
        keys.add(new ServerKey(key, new ServedCertificate(chain)));
      }
    }
    if (keys.isEmpty()) {
      throw new KeyStoreException(file.keyStore() + " has no private key");
    }
    return keys;
  }

  private static ServedCertificate chain(Path file) throws GeneralSecurityException, IOException {
    CertificateFactory parser = CertificateFactory.getInstance("X.509");
    List<X509Certificate> chain = new ArrayList<>();
    for (MatchResult block : CERTIFICATE.matcher(text(file)).results().toList()) {
      chain.add(
          (X509Certificate)
              parser.generateCertificate(
                  new ByteArrayInputStream(decode(block.group(1), file, "certificate"))));
    }
    if (chain.isEmpty()) {
      throw new GeneralSecurityException(file + " has no PEM block of a certificate");
    }
    return new ServedCertificate(chain);
  }

  private static PrivateKey key(Path file) throws GeneralSecurityException, IOException {
    Matcher block = KEY.matcher(text(file));
    if (!block.find()) {
      throw new GeneralSecurityException(
          file + " has no PEM block of a private key without a passphrase");
    }
    byte[] der = decode(block.group(3), file, "private key");
    try {
      byte[] pkcs8 =
          switch (block.group(1)) {
            case "RSA PRIVATE KEY" ->
                new PrivateKeyInfo(
                        new AlgorithmIdentifier(
                            PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                        RSAPrivateKey.getInstance(der))
                    .getEncoded();
            case "EC PRIVATE KEY" -> {
              ECPrivateKey key = ECPrivateKey.getInstance(der);
              yield new PrivateKeyInfo(
                      new AlgorithmIdentifier(
                          X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject()),
                      key)
                  .getEncoded();
            }
            default -> der;
          };
      return privateKey(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new GeneralSecurityException(file + " has a private key that cannot be read", e);
    }
  }

  /** Tries both types, because a key in PKCS#8 says its type only inside. */
  private static PrivateKey privateKey(PKCS8EncodedKeySpec key) throws GeneralSecurityException {
    try {
      return KeyFactory.getInstance("EC").generatePrivate(key);
    } catch (InvalidKeySpecException e) {
      return KeyFactory.getInstance("RSA").generatePrivate(key);
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }

  private static byte[] decode(String body, Path file, String content)
      throws GeneralSecurityException {
    try {
      return Base64.getMimeDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException(
          "%s has a %s that is not base64".formatted(file, content), e);
    }
  }
}
