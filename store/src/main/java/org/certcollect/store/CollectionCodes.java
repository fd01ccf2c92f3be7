package org.certcollect.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.domain.CodeSeal;
import org.certcollect.store.domain.PushUrl;

/**
 * A generator of collection codes and of their keyed hashes. A code is 16 characters of an alphabet
 * of 31 characters without look-alikes, which is 79 bits. The store keeps only the HMAC-SHA-256 of
 * a code, under a key that is kept outside of it. Safe for use by many threads.
 */
public final class CollectionCodes {
  /** The length of a code, in characters (specification 1.06, section 1). */
  public static final int LENGTH = 16;

  private static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final String HMAC = "HmacSHA256";
  private static final String CODES = "the key of the codes in the outbox";
  private static final String PASSWORDS = "the key of the passwords of push URLs";

  private final SecureRandom random = new SecureRandom();
  private final SecretKeySpec key;

  /**
   * Creates a generator that hashes with one key.
   *
   * @param key at least 32 random bytes, the same on every node of one store
   */
  public CollectionCodes(byte[] key) {
    if (key.length < 32) {
      throw new IllegalArgumentException("the key of collection codes must have at least 32 bytes");
    }
    this.key = new SecretKeySpec(key, HMAC);
  }

  /** A new code, to be shown once. */
  public String generate() {
    StringBuilder code = new StringBuilder(LENGTH);
    random.ints(LENGTH, 0, ALPHABET.length()).mapToObj(ALPHABET::charAt).forEach(code::append);
    return code.toString();
  }

  /** The code of a generator that a text is, written in lower case; empty if it is none. */
  public static Optional<String> inUpperCase(String typed) {
    String code = typed.toUpperCase(Locale.ROOT);
    return code.length() == LENGTH && code.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)
        ? Optional.of(code)
        : Optional.empty();
  }

  /**
   * The key check value: the hash of a fixed text that is not a code. It distinguishes this key
   * from others and reveals nothing about it.
   */
  public CodeHash keyCheckValue() {
    return hash("the key of the collection codes");
  }

  /** The hash by which the store finds a code; any text is allowed. */
  public CodeHash hash(String code) {
    return new CodeHash(mac(code));
  }

  private byte[] mac(String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }

  /** Encrypts a code for a message of the outbox. */
  public CodeSeal seal(String code) {
    return message -> seal(code, CODES, bytes(message));
  }

  /**
   * The code that was encrypted for a message of the outbox.
   *
   * @throws IllegalArgumentException if it was encrypted under another key or for another message
   */
  public String unseal(byte[] sealed, long message) {
    return unseal(sealed, CODES, bytes(message));
  }

  /**
   * Encrypts the password of an account's push URL. Nobody who changes the URL in the database gets
   * the password sent there.
   */
  public byte[] sealPassword(String password, long account, PushUrl url) {
    return seal(password, PASSWORDS, context(account, url));
  }

  /**
   * The password of an account's push URL.
   *
   * @throws IllegalArgumentException if it was encrypted under another key, or for another account
   *     or URL
   */
  public String unsealPassword(byte[] sealed, long account, PushUrl url) {
    return unseal(sealed, PASSWORDS, context(account, url));
  }

  private static byte[] context(long account, PushUrl url) {
    byte[] text = url.value().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Long.BYTES + text.length).putLong(account).put(text).array();
  }

  private static byte[] bytes(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  private byte[] seal(String text, String purpose, byte[] context) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    byte[] sealed =
        crypt(Cipher.ENCRYPT_MODE, nonce, purpose, context, text.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
  }

  private String unseal(byte[] sealed, String purpose, byte[] context) {
    byte[] nonce = Arrays.copyOf(sealed, NONCE);
    byte[] rest = Arrays.copyOfRange(sealed, Math.min(NONCE, sealed.length), sealed.length);
    return new String(
        crypt(Cipher.DECRYPT_MODE, nonce, purpose, context, rest), StandardCharsets.UTF_8);
  }

  /** AES-256-GCM under a key that is derived from that of the codes, bound to a context. */
  private byte[] crypt(int mode, byte[] nonce, String purpose, byte[] context, byte[] text) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      SecretKeySpec own = new SecretKeySpec(mac(purpose), "AES");
      cipher.init(mode, own, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(context);
      return cipher.doFinal(text);
    } catch (AEADBadTagException e) {
      throw new IllegalArgumentException("another key, or for another purpose", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }
}
