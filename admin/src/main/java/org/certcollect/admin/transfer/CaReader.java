package org.certcollect.admin.transfer;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.certcollect.admin.transfer.Format.Name;
import org.certcollect.store.transfer.CaRecord;
import org.certcollect.store.transfer.EventRecord;
import org.certcollect.store.x509.Certificate;
import org.certcollect.store.x509.CertificateReader;
import org.certcollect.store.x509.Issuing;

/** Reads lines with CA certificates, and makes them known. Safe for use by many threads. */
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
   * @param place where in the input it is
   */
  CaRecord read(JsonObject line, long place) {
    String text = line.text(Name.CERTIFICATE);
    Optional<List<EventRecord>> events = EventReader.events(line);
    line.end();
    byte[] content = files.content(text).getBytes(StandardCharsets.ISO_8859_1);
    List<X509Certificate> found =
        CertificateReader.read(content, NamedFiles.called("certificate", text));
    if (found.size() != 1) {
      throw new InvalidRecordException("certificate holds more than one");
    }
    if (!Issuing.isCa(found.get(0))) {
      throw new InvalidRecordException("certificate is not that of a CA");
    }
    Certificate certificate = Certificate.of(found.get(0));
    known.add(certificate, found.get(0), place);
    return new CaRecord(certificate, events);
  }
}
