package org.certcollect.cli.verb;

import java.util.Optional;
import org.certcollect.admin.EnumWords;
import org.certcollect.cli.output.Fields;
import org.certcollect.store.Event;
import org.certcollect.store.x509.Certificate;
import org.certcollect.store.x509.DistinguishedName;

public final class RecordFields {
  private RecordFields() {}

  public static Fields of(Event event) {
    return new Fields()
        .add("at", event.at())
        .add("actor", event.actor())
        .add("action", event.action())
        .add("from", event.from().map(EnumWords::of))
        .add("to", event.to().map(EnumWords::of))
        .add("detail", event.detail());
  }

  /** An event with what it is about. */
  public static Fields withSubject(Event event) {
    return new Fields()
        .add("id", event.id())
        .add("order", event.order().isPresent() ? event.order().getAsLong() : Optional.empty())
        .add("account", event.account())
        .and(of(event));
  }

  public static Fields of(Certificate certificate) {
    return new Fields()
        .add("subject", DistinguishedName.of(certificate.subject()).text())
        .add("notBefore", certificate.notBefore())
        .add("notAfter", certificate.notAfter())
        .add("sha256", certificate.fingerprint());
  }
}
