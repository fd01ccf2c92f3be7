package org.certcollect.protocol.format;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names of the files of one archive, so that every file system can hold them: reduced to ASCII
 * letters, digits, {@code _ - .}, at most {@value #MAX_LENGTH} characters long, no two equal if
 * case is ignored, and none a device of Windows.
 */
final class ArchiveNames {
  /** The greatest length of a file's name with its extension. */
  private static final int MAX_LENGTH = 100;

  /** Windows takes these names for devices, whatever the case and the extension. */
  private static final Pattern DEVICE =
      Pattern.compile("(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])");

  private final Set<String> taken = new HashSet<>();

  /** The base name of an end entity's files: its first DNS name, or else the order number. */
  static String base(IssuedCertificate issued) {
    return issued
        .dnsName()
        .map(name -> name.replace('.', '_').replace("*", "STAR").replaceAll("[^A-Za-z0-9_-]", ""))
        .filter(name -> !name.isEmpty())
        .orElseGet(() -> Long.toString(issued.orderNumber()));
  }

  /** The base name of a CA certificate's file: its common name's letters and digits. */
  static String base(IssuedCertificate.CaCertificate certificate) {
    return certificate
        .commonName()
        .map(name -> name.replaceAll("[^A-Za-z0-9]", ""))
        .filter(name -> !name.isEmpty())
        .orElse("CA");
  }

  /** A name that this archive does not have yet: if it is taken, with {@code _2}, {@code _3}. */
  String unique(String base, String extension) {
    String stem = DEVICE.matcher(base).matches() ? "_" + base : base;
    String name = fitting(stem, extension);
    for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
      name = fitting(stem, "_" + i + extension);
    }
    return name;
  }

  /** The stem, cut if need be, and the ending, which is never cut. */
  private static String fitting(String stem, String ending) {
    return stem.substring(0, Math.min(stem.length(), MAX_LENGTH - ending.length())) + ending;
  }
}
