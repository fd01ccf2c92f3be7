package org.certcollect.protocol.format;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Names the files of one archive: reduced to ASCII letters, digits, {@code _ - .}, and no two equal
 * on file systems that ignore case.
 */
final class ArchiveNames {
  private final Set<String> taken = new HashSet<>();

  /** The base name of an end entity's files: its first DNS name, else the order number. */
  static String base(IssuedCertificate issued) {
    return issued
        .dnsName()
        .map(name -> name.replace('.', '_').replace("*", "STAR").replaceAll("[^A-Za-z0-9_-]", ""))
        .filter(name -> !name.isEmpty())
        .orElseGet(() -> issued.orderNumber().toString());
  }

  /** The base name of a CA certificate's file: its common name's letters and digits. */
  static String base(IssuedCertificate.CaCertificate certificate) {
    return certificate
        .commonName()
        .map(name -> name.replaceAll("[^A-Za-z0-9]", ""))
        .filter(name -> !name.isEmpty())
        .orElse("CA");
  }

  /** A name that this archive does not have yet: where it is taken, with {@code _2}, {@code _3}. */
  String unique(String base, String extension) {
    String name = base + extension;
    for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
      name = base + "_" + i + extension;
    }
    return name;
  }
}
