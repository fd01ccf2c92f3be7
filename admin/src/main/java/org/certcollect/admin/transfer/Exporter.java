package org.certcollect.admin.transfer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.certcollect.admin.EnumWords;
import org.certcollect.admin.Pem;
import org.certcollect.admin.transfer.Format.Name;
import org.certcollect.store.Store;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.domain.MailAddress;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.OrderValidation;
import org.certcollect.store.domain.OrderValidation.ValidatedDomain;
import org.certcollect.store.domain.PushSettings;
import org.certcollect.store.transfer.AccountRecord;
import org.certcollect.store.transfer.CaRecord;
import org.certcollect.store.transfer.CertificateRecord;
import org.certcollect.store.transfer.EventRecord;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.transfer.PendingReissue;
import org.certcollect.store.transfer.Selection;
import org.certcollect.store.transfer.TransferRecord;
import org.certcollect.store.x509.Certificate;

/**
 * Writes the content of a store at one instant as JSON Lines in pure ASCII, so that no charset
 * matters.
 */
public final class Exporter {
  private static final int BUFFER = 1 << 16;
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final JsonGenerator json;

  private Exporter(Writer out) throws IOException {
    json = FACTORY.createGenerator(out);
    json.setRootValueSeparator(null);
  }

  /**
   * Writes the selected records.
   *
   * @param to flushed at the end, and not closed
   * @return the number of records
   * @throws UncheckedIOException if it cannot be written to
   */
  public static long write(Store store, Selection selection, Writer to) {
    try {
      BufferedWriter out = new BufferedWriter(to, BUFFER);
      Exporter records = new Exporter(out);
      AtomicLong written = new AtomicLong();
      records.header(store.codesKey().keyCheckValue());
      store
          .transfers()
          .export(
              selection,
              record -> {
                try {
                  records.write(record);
                  written.incrementAndGet();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      records.json.flush();
      out.flush();
      return written.get();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void header(Optional<CodeHash> codesKey) throws IOException {
    json.writeStartObject();
    json.writeStringField(Name.FORMAT, Format.NAME);
    json.writeNumberField(Name.VERSION, Format.VERSION);
    writeHash(Name.CODES_KEY, codesKey);
    end();
  }

  private void write(TransferRecord record) throws IOException {
    json.writeStartObject();
    if (record instanceof AccountRecord account) {
      write(account);
    } else if (record instanceof CaRecord ca) {
      json.writeStringField(Name.TYPE, Format.Line.CA);
      json.writeStringField(Name.CERTIFICATE, Pem.certificate(ca.certificate().der()));
      write(ca.events());
    } else {
      write((OrderRecord) record);
    }
    end();
  }

  private void end() throws IOException {
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private void write(AccountRecord account) throws IOException {
    json.writeStringField(Name.TYPE, Format.Line.ACCOUNT);
    json.writeStringField(Name.LOGIN, account.login());
    json.writeStringField(Name.PASSWORD_HASH, account.passwordHash().phc());
    json.writeArrayFieldStart(Name.PRODUCTS);
    for (Enum<?> product : account.products().stream().sorted().toList()) {
      json.writeString(EnumWords.of(product));
    }
    json.writeEndArray();
    json.writeBooleanField(Name.ENABLED, account.enabled());
    write(Name.CREATED, account.created());
    write(Name.OLD_PASSWORD_HASH, account.oldPassword().map(old -> old.hash().phc()));
    write(Name.OLD_PASSWORD_UNTIL, account.oldPassword().map(old -> old.until().toString()));
    write(account.contact());
    if (account.push().isPresent()) {
      write(account.push().get());
    }
    write(account.events());
  }

  private void write(OrderRecord order) throws IOException {
    json.writeStringField(Name.TYPE, Format.Line.ORDER);
    json.writeNumberField(Name.NUMBER, order.number());
    json.writeStringField(Name.ACCOUNT, order.account());
    json.writeStringField(Name.PRODUCT, EnumWords.of(order.product()));
    json.writeStringField(Name.STATE, EnumWords.of(order.state()));
    write(Name.REASON, order.reason());
    write(Name.CREATED, order.created());
    write(Name.CHANGED, order.changed());
    if (!order.certificates().isEmpty()) {
      json.writeArrayFieldStart(Name.CERTIFICATES);
      for (CertificateRecord certificate : order.certificates()) {
        write(certificate);
      }
      json.writeEndArray();
    }
    write(Name.SIGNING_REQUEST, order.signingRequest().map(r -> Pem.signingRequest(r.der())));
    writeHash(Name.CODE_HASH, order.code());
    if (order.reissue().isPresent()) {
      PendingReissue reissue = order.reissue().get();
      json.writeObjectFieldStart(Name.REISSUE);
      write(Name.SINCE, reissue.since());
      write(Name.SIGNING_REQUEST, reissue.request().map(r -> Pem.signingRequest(r.der())));
      json.writeEndObject();
    }
    if (order.validation().isPresent()) {
      write(order.validation().get());
    }
    write(Name.HELD_SINCE, order.heldSince().map(Instant::toString));
    write(Name.REFERENCE, order.remarks().reference());
    write(Name.NOTE, order.remarks().note());
    write(order.contact());
    write(order.events());
  }

  private void write(MailContact contact) throws IOException {
    write(Name.EMAIL, contact.email().map(MailAddress::value));
    write(Name.LANGUAGE, contact.language());
    if (contact.optedOut()) {
      json.writeBooleanField(Name.NO_MAIL, true);
    }
  }

  private void write(PushSettings push) throws IOException {
    json.writeObjectFieldStart(Name.PUSH);
    json.writeStringField(Name.URL, push.url().value());
    write(Name.USER, push.user());
    json.writeBooleanField(Name.WITH_CERTIFICATE, push.withCertificate());
    json.writeEndObject();
  }

  private void write(OrderValidation validation) throws IOException {
    json.writeObjectFieldStart(Name.VALIDATION);
    write(Name.STATUS, validation.status().map(EnumWords::of));
    json.writeObjectFieldStart(Name.STEPS);
    for (var step : new TreeMap<>(validation.steps()).entrySet()) {
      json.writeStringField(EnumWords.of(step.getKey()), EnumWords.of(step.getValue()));
    }
    json.writeEndObject();
    json.writeArrayFieldStart(Name.DOMAINS);
    for (ValidatedDomain domain : validation.domains()) {
      json.writeStartObject();
      json.writeStringField(Name.NAME, domain.name());
      json.writeStringField(Name.DCV, EnumWords.of(domain.dcv()));
      json.writeEndObject();
    }
    json.writeEndArray();
    if (validation.term().isPresent()) {
      json.writeObjectFieldStart(Name.TERM);
      write(Name.START, validation.term().get().start());
      write(Name.END, validation.term().get().end());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void write(CertificateRecord certificate) throws IOException {
    json.writeStartObject();
    if (certificate.id().isPresent()) {
      json.writeNumberField(Name.ID, certificate.id().getAsLong());
    }
    write(Name.ISSUED, certificate.issued());
    json.writeStringField(Name.CERTIFICATE, Pem.certificate(certificate.chain().endEntity().der()));
    json.writeArrayFieldStart(Name.CHAIN);
    for (Certificate issuer : certificate.chain().issuers()) {
      json.writeString(Format.SHA256 + issuer.fingerprint());
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void write(Optional<List<EventRecord>> events) throws IOException {
    json.writeArrayFieldStart(Name.EVENTS);
    for (EventRecord event : events.orElse(List.of())) {
      json.writeStartObject();
      write(Name.AT, event.at());
      json.writeStringField(Name.ACTOR, event.actor().name());
      json.writeStringField(Name.ACTION, event.action());
      write(Name.FROM, event.from());
      write(Name.TO, event.to());
      write(Name.DETAIL, event.detail());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void write(String name, Instant timestamp) throws IOException {
    json.writeStringField(name, timestamp.toString());
  }

  private void writeHash(String name, Optional<CodeHash> hash) throws IOException {
    write(name, hash.map(h -> Base64.getEncoder().encodeToString(h.bytes())));
  }

  private void write(String name, Optional<String> text) throws IOException {
    if (text.isPresent()) {
      json.writeStringField(name, text.get());
    }
  }
}
