package org.certcollect.protocol.format;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.certcollect.protocol.format.IssuedCertificate.CaCertificate;

/**
 * The ZIP archive of a certificate (docs/protocol.md, section 5.4): {@code <name>.ca-bundle} in the
 * order that web servers want, {@code <name>.crt}, and a file for each CA certificate. The same
 * certificates give the same bytes: nothing is compressed, and the time of a file is the notBefore
 * of the first certificate in it, in UTC.
 */
public final class ZipArchive {
  /**
   * The second time that an archive can tell. The JDK takes the very first for "before 1980", and
   * adds a field with the time in the default time zone.
   */
  private static final LocalDateTime FIRST_DOS_TIME = LocalDateTime.of(1980, 1, 1, 0, 0, 2);

  private static final LocalDateTime LAST_DOS_TIME = LocalDateTime.of(2099, 12, 31, 23, 59, 58);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ZipOutputStream zip = new ZipOutputStream(bytes);
  private final ArchiveNames names = new ArchiveNames();

  private ZipArchive() {}

  /** The archive of a part of a chain; without files if there are no certificates in it. */
  public static byte[] of(IssuedCertificate issued, ChainPart part) {
    ZipArchive archive = new ZipArchive();
    try {
      archive.add(issued, part);
      archive.zip.close();
    } catch (IOException e) {
      throw new UncheckedIOException("could not write to memory", e);
    }
    return archive.bytes.toByteArray();
  }

  /** The name of the file of an archive, for example {@code www_example_com.zip}. */
  public static String fileName(IssuedCertificate issued) {
    return new ArchiveNames().unique(ArchiveNames.base(issued), ".zip");
  }

  private void add(IssuedCertificate issued, ChainPart part) throws IOException {
    String base = ArchiveNames.base(issued);
    List<CaCertificate> issuers = part == ChainPart.END_ENTITY ? List.of() : issued.issuers();
    if (!issuers.isEmpty()) {
      List<Der> bundle = issuers.stream().map(CaCertificate::der).toList();
      add(names.unique(base, ".ca-bundle"), issuers.get(0).notBefore(), bundle);
    }
    if (part != ChainPart.ISSUERS) {
      add(names.unique(base, ".crt"), issued.notBefore(), List.of(issued.endEntity()));
    }
    for (CaCertificate issuer : issuers) {
      String name = names.unique(ArchiveNames.base(issuer), ".crt");
      add(name, issuer.notBefore(), List.of(issuer.der()));
    }
  }

  private void add(String name, Instant notBefore, List<Der> certificates) throws IOException {
    byte[] content = PemEncoder.certificates(certificates).getBytes(US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    entry.setTimeLocal(dosTime(notBefore));
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static LocalDateTime dosTime(Instant time) {
    LocalDateTime utc = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    if (utc.isBefore(FIRST_DOS_TIME)) {
      return FIRST_DOS_TIME;
    }
    return utc.isAfter(LAST_DOS_TIME) ? LAST_DOS_TIME : utc;
  }
}
