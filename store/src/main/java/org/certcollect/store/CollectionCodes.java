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
    return message -> {
      byte[] nonce = new byte[NONCE];
      random.nextBytes(nonce);
      byte[] sealed =
          crypt(Cipher.ENCRYPT_MODE, nonce, message, code.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
    };
  }

  /**
   * The code that was encrypted for a message of the outbox.
   *
   * @throws IllegalArgumentException if it was encrypted under another key or for another message
   */
  public String unseal(byte[] sealed, long message) {
    byte[] nonce = Arrays.copyOf(sealed, NONCE);
    byte[] rest = Arrays.copyOfRange(sealed, Math.min(NONCE, sealed.length), sealed.length);
    return new String(crypt(Cipher.DECRYPT_MODE, nonce, message, rest), StandardCharsets.UTF_8);
  }

  /** AES-256-GCM under a key that is derived from that of the codes, bound to the message. */
  private byte[] crypt(int mode, byte[] nonce, long message, byte[] text) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      SecretKeySpec own = new SecretKeySpec(mac("the key of the codes in the outbox"), "AES");
      cipher.init(mode, own, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(ByteBuffer.allocate(Long.BYTES).putLong(message).array());
      return cipher.doFinal(text);
    } catch (AEADBadTagException e) {
      throw new IllegalArgumentException("another key, or another message", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }
}
