package org.certcollect.server.mail;

import jakarta.activation.DataHandler;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.certcollect.admin.EnumWords;
import org.certcollect.admin.Pem;
import org.certcollect.protocol.format.ChainPart;
import org.certcollect.protocol.format.IssuedCertificate;
import org.certcollect.protocol.format.ZipArchive;
import org.certcollect.server.collect.EncodedCache;
import org.certcollect.server.config.MailConfig;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.Order;
import org.certcollect.store.Outbox.Message;
import org.certcollect.store.Store;
import org.certcollect.store.domain.MailKind;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.x509.DistinguishedName;
import org.certcollect.store.x509.VerifiedChain;

/**
 * Writes the mail of a message of the outbox. A message gives the same mail, with the same
 * Message-ID, however often it is written, so that a repeated one is recognised. Safe for use by
 * many threads.
 */
record MailComposer(
    MailConfig config, MailTemplates templates, Store store, Supplier<CollectionCodes> codes) {

  /** A mail whose Message-ID is given. */
  private static final class IdentifiedMail extends MimeMessage {
    private final String id;

    IdentifiedMail(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }

  /**
   * The mail of a message.
   *
   * @throws MailException if the message can never be sent, or not now. A hold or a revocation by a
   *     process that sends no mails leaves what waits.
   */
  MimeMessage compose(Session session, Message message) {
    Order order =
        store
            .orders()
            .find(message.order())
            .orElseThrow(
                () -> new MailException(MailException.Reach.OBSOLETE, "the order is gone"));
    check(message, order);
    Optional<VerifiedChain> chain = message.certificate().map(store.outbox()::chain);
    MailTemplates.Text text =
        templates.write(message.kind(), message.language(), values(message, order, chain));
    Optional<IssuedCertificate> attached =
        chain
            .filter(there -> message.kind() == MailKind.ISSUED)
            .map(there -> EncodedCache.issued(there, order.number()));
    String id = message.id() + "." + message.created().toEpochMilli();
    // The code of an order may wait for its certificate for weeks.
    Instant date = message.due().orElse(message.created());
    return mail(config, session, id, date, message.recipient(), text, attached);
  }

  private static void check(Message message, Order order) {
    boolean handsOut = message.kind() == MailKind.ISSUED || message.kind() == MailKind.READY;
    boolean expires = message.kind() == MailKind.EXPIRING;
    if ((handsOut || expires) && order.state() != OrderState.ISSUED) {
      throw new MailException(
          MailException.Reach.OBSOLETE, "the order is " + EnumWords.of(order.state()));
    }
    if (expires && !order.certificate().equals(message.certificate())) {
      throw new MailException(MailException.Reach.OBSOLETE, "the certificate was replaced");
    }
    if (handsOut && order.heldSince().isPresent()) {
      throw new MailException(MailException.Reach.HELD, "the order is held");
    }
  }

  /** A mail that tries out the settings. */
  static MimeMessage trial(MailConfig config, Session session, String to, Instant now) {
    String text = "This is a trial of the mail settings of certcollect. Nothing is to be done.\n";
    return mail(
        config,
        session,
        "trial." + now.toEpochMilli(),
        now,
        to,
        new MailTemplates.Text("certcollect: a trial", text, "<p>" + text + "</p>"),
        Optional.empty());
  }

  private static MimeMessage mail(
      MailConfig config,
      Session session,
      String id,
      Instant date,
      String to,
      MailTemplates.Text text,
      Optional<IssuedCertificate> attached) {
    try {
      MimeMessage mail =
          new IdentifiedMail(session, "<" + id + ".certcollect@" + config.from().domain() + ">");
      mail.setFrom(
          new InternetAddress(
              config.from().value(),
              config.fromName().orElse(null),
              StandardCharsets.UTF_8.name()));
      mail.setRecipient(jakarta.mail.Message.RecipientType.TO, new InternetAddress(to, true));
      if (config.replyTo().isPresent()) {
        mail.setReplyTo(
            new InternetAddress[] {new InternetAddress(config.replyTo().get().value(), true)});
      }
      mail.setSubject(line(text.subject()), StandardCharsets.UTF_8.name());
      mail.setSentDate(Date.from(date));
      // RFC 3834: no out-of-office reply is wanted.
      mail.setHeader("Auto-Submitted", "auto-generated");
      MimeMultipart both =
          new MimeMultipart("alternative", part(text.plain(), "plain"), part(text.html(), "html"));
      if (attached.isPresent()) {
        MimeBodyPart body = new MimeBodyPart();
        body.setContent(both);
        mail.setContent(new MimeMultipart(body, zip(attached.get())));
      } else {
        mail.setContent(both);
      }
      mail.saveChanges();
      return mail;
    } catch (MessagingException | UnsupportedEncodingException e) {
      throw new MailException(
          MailException.Reach.FOR_EVER,
          "it cannot be written: " + e.getMessage(),
          "it cannot be written",
          e);
    }
  }

  private static BodyPart part(String text, String type) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(text.replaceAll("\\R", "\r\n"), StandardCharsets.UTF_8.name(), type);
    return part;
  }

  private static BodyPart zip(IssuedCertificate issued) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setDataHandler(
        new DataHandler(
            new ByteArrayDataSource(ZipArchive.of(issued, ChainPart.WHOLE), "application/zip")));
    part.setFileName(ZipArchive.fileName(issued));
    return part;
  }

  private Map<String, String> values(Message message, Order order, Optional<VerifiedChain> chain) {
    Map<String, String> values = new HashMap<>();
    values.put("order", Long.toString(order.number()));
    values.put("account", order.account());
    values.put("product", order.product() == Product.SSL ? "SSL" : "Client");
    values.put(
        "name",
        chain
            .flatMap(c -> c.endEntity().commonName().or(c.endEntity()::dnsName))
            .or(order::name)
            // The text of an order that was placed leaves the line of its name out.
            .orElseGet(() -> message.kind() == MailKind.PLACED ? "" : "order " + order.number()));
    chain.ifPresent(
        there -> {
          values.put("subject", DistinguishedName.of(there.endEntity().subject()).text());
          values.put("from", day(there.endEntity().notBefore()));
          values.put("until", day(there.endEntity().notAfter()));
          values.put("fingerprint", there.endEntity().fingerprint().toUpperCase(Locale.ROOT));
        });
    message
        .detail()
        .ifPresent(
            detail -> values.put(message.kind() == MailKind.EXPIRING ? "days" : "reason", detail));
    values.replaceAll((name, value) -> line(value));
    if (message.kind() == MailKind.ISSUED) {
      values.put("pem", chain.map(c -> Pem.certificate(c.endEntity().der())).orElse(""));
    } else if (message.kind() == MailKind.READY) {
      String code = code(message);
      values.put("code", code);
      values.put("link", config.collectUrl().orElse("") + "#code=" + code);
    }
    return values;
  }

  /** The collection code that the mail of a message has in it. */
  Optional<String> secret(Message message) {
    return message.kind() == MailKind.READY ? Optional.of(code(message)) : Optional.empty();
  }

  private String code(Message message) {
    byte[] sealed =
        message
            .sealedCode()
            .orElseThrow(() -> new MailException(MailException.Reach.FOR_EVER, "its code is gone"));
    try {
      return codes.get().unseal(sealed, message.id());
    } catch (IllegalArgumentException e) {
      // Another node may have the right key.
      throw new MailException(
          MailException.Reach.FOR_NOW, "its code cannot be read: " + e.getMessage());
    }
  }

  private static String day(Instant time) {
    return time.atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }

  /** A value without control characters, line breaks and marks of direction. */
  private static String line(String value) {
    return value.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]+", " ").strip();
  }
}
