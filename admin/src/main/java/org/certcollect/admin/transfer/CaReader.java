package org.certcollect.admin.transfer;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.certcollect.admin.transfer.Format.Name;
import org.certcollect.store.transfer.CaRecord;
import org.certcollect.store.transfer.EventRecord;
import org.certcollect.store.x509.CertificateReader;
import org.certcollect.store.x509.Issuing;
import org.certcollect.store.x509.ParsedCertificate;

/** Reads lines with CA certificates and registers these. Safe for use by many threads. */
final class CaReader {
  private final NamedFiles files;
  private final CaRegistry known;

  CaReader(NamedFiles files, CaRegistry known) {
    this.files = files;
    this.known = known;
  }

  /**
   * The CA certificate of a line.
   *
   * @param place the position of the line in the input
   */
  CaRecord read(JsonObject line, long place) {
    String text = line.text(Name.CERTIFICATE);
    Optional<List<EventRecord>> events = EventReader.events(line);
    line.end();
    byte[] content = files.content(text).getBytes(StandardCharsets.ISO_8859_1);
    List<ParsedCertificate> found =
        CertificateReader.read(content, NamedFiles.called("certificate", text));
    if (found.size() != 1) {
      throw new InvalidRecordException("certificate holds more than one certificate");
    }
    if (!Issuing.isCa(found.get(0))) {
      throw new InvalidRecordException("certificate is not a CA certificate");
    }
    known.add(found.get(0), place);
    return new CaRecord(found.get(0).stored(), events);
  }
}
