package org.certcollect.admin;

import java.security.SecureRandom;

/** Generates passwords of 24 letters and digits without look-alikes: 139 bits of entropy. */
public final class Passwords {
  private static final String ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz";
  private static final int LENGTH = 24;

  private Passwords() {}

  public static String generate() {
    StringBuilder password = new StringBuilder(LENGTH);
    new SecureRandom()
        .ints(LENGTH, 0, ALPHABET.length())
        .mapToObj(ALPHABET::charAt)
        .forEach(password::append);
    return password.toString();
  }
}
