package org.certcollect.admin.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.certcollect.admin.PrivateFiles;

/**
 * The Ed25519 key that signs heads. Whoever has only the public half can check heads and not forge
 * them. Safe for use by many threads.
 */
final class AuditKey {
  private static final String ALGORITHM = "Ed25519";
  private static final String PRIVATE = "PRIVATE KEY";
  private static final String PUBLIC = "PUBLIC KEY";

  private final PrivateKey key;
  private final PublicKey publicHalf;

  private AuditKey(PrivateKey key, PublicKey publicHalf) {
    this.key = key;
    this.publicHalf = publicHalf;
  }

  /**
   * The key of a log, which is made for a new log.
   *
   * @throws AuditException if a log exists and its key does not, or is another one: a new key in
   *     its place would hide that somebody began the log anew
   */
  static AuditKey readOrCreate(AuditFolder folder) {
    Path file = folder.keyFile();
    Path publicFile = folder.publicKeyFile();
    try {
      // The second look is needed because another process may have made the key in between.
      if (!Files.exists(file) && folder.hasLog() && !Files.exists(file)) {
        throw new AuditException(
            ("%s is missing; the audit log in %s cannot go on without it. Copy it from your backup."
                    + " If it is lost for good, move %s away: a new log with a new key begins then")
                .formatted(file, folder.path(), folder.path()));
      }
      if (!Files.exists(file)) {
        KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        PrivateFiles.createOnce(
            file,
            (pem(PRIVATE, pair.getPrivate().getEncoded())
                    + pem(PUBLIC, pair.getPublic().getEncoded()))
                .getBytes(UTF_8));
      }
      if (!Files.exists(publicFile)) {
        PrivateFiles.createOnce(publicFile, pem(PUBLIC, der(file, PUBLIC)).getBytes(UTF_8));
      }
      return new AuditKey(
          KeyFactory.getInstance(ALGORITHM)
              .generatePrivate(new PKCS8EncodedKeySpec(der(file, PRIVATE))),
          folder.publicKey());
    } catch (GeneralSecurityException e) {
      throw new AuditException(file + ": this is not the Ed25519 key of an audit log");
    }
  }

  PublicKey publicHalf() {
    return publicHalf;
  }

  /** The public half in a file. */
  static PublicKey readPublic(Path file) {
    try {
      return KeyFactory.getInstance(ALGORITHM)
          .generatePublic(new X509EncodedKeySpec(der(file, PUBLIC)));
    } catch (GeneralSecurityException e) {
      throw new AuditException(file + ": this is not the public key of an audit log");
    }
  }

  private static String pem(String kind, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
  }

  private static byte[] der(Path file, String kind) {
    try {
      String text = Files.readString(file);
      String begin = "-----BEGIN " + kind + "-----";
      int start = text.indexOf(begin);
      int end = text.indexOf("-----END " + kind + "-----");
      if (start < 0 || end < start) {
        throw new AuditException(file + ": there is no " + kind + " in PEM");
      }
      return Base64.getMimeDecoder().decode(text.substring(start + begin.length(), end));
    } catch (IllegalArgumentException e) {
      throw new AuditException(file + ": there is no " + kind + " in PEM");
    } catch (IOException e) {
      throw new AuditException(file, "read", e);
    }
  }

  byte[] sign(byte[] content) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key);
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK signs with " + ALGORITHM, e);
    }
  }

  static boolean verify(PublicKey key, byte[] content, byte[] signature) {
    try {
      Signature check = Signature.getInstance(ALGORITHM);
      check.initVerify(key);
      check.update(content);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
