package org.certcollect.cli.demo.mailbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a mail (RFC 2045), as far as they can be read.
 *
 * @param subject the subject; empty if there is none
 * @param from the field From; empty if there is none
 * @param text the first part of plain text
 * @param html the first part of HTML
 * @param attachments all other parts
 * @param isWhole whether all parts could be read
 */
record MailContent(
    String subject,
    String from,
    Optional<String> text,
    Optional<String> html,
    List<MailAttachment> attachments,
    boolean isWhole) {
  private static final int MAX_DEPTH = 8;
  private static final int MAX_PARTS = 50;

  /** A file in a mail. */
  @SuppressWarnings("ArrayRecordComponent")
  record MailAttachment(String name, byte[] bytes) {}

  MailContent {
    attachments = List.copyOf(attachments);
  }

  /** Reads a mail. Whatever its bytes are, this does not fail. */
  static MailContent of(byte[] source) {
    Reading reading = new Reading();
    String subject = "";
    String from = "";
    boolean isWhole = true;
    try {
      MimeMessage mail =
          new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(source));
      subject = decoded(mail.getHeader("Subject", null));
      from = decoded(mail.getHeader("From", null));
      reading.read(mail, MAX_DEPTH);
    } catch (MessagingException | IOException | RuntimeException e) {
      // The library throws what it likes for what no mail has.
      isWhole = false;
    }
    return new MailContent(subject, from, reading.text, reading.html, reading.attachments, isWhole);
  }

  private static String decoded(@Nullable String field) throws IOException {
    return field == null ? "" : MimeUtility.decodeText(MimeUtility.unfold(field));
  }

  /** The parts that have been read so far. */
  private static final class Reading {
    private Optional<String> text = Optional.empty();
    private Optional<String> html = Optional.empty();
    private final List<MailAttachment> attachments = new ArrayList<>();
    private int parts;

    void read(Part part, int depth) throws MessagingException, IOException {
      if (depth == 0 || ++parts > MAX_PARTS) {
        throw new MessagingException("too many parts");
      }
      if (part.isMimeType("multipart/*")) {
        MimeMultipart inner = new MimeMultipart(part.getDataHandler().getDataSource());
        for (int i = 0; i < inner.getCount(); i++) {
          read(inner.getBodyPart(i), depth - 1);
        }
      } else {
        readSingle(part);
      }
    }

    private void readSingle(Part part) throws MessagingException, IOException {
      byte[] bytes;
      try (InputStream decoded = part.getInputStream()) {
        bytes = decoded.readAllBytes();
      }
      String name = part.getFileName();
      if (name == null && part.isMimeType("text/plain") && text.isEmpty()) {
        text = Optional.of(new String(bytes, charset(part)));
      } else if (name == null && part.isMimeType("text/html") && html.isEmpty()) {
        html = Optional.of(new String(bytes, charset(part)));
      } else {
        attachments.add(new MailAttachment(name == null ? "part" : decoded(name), bytes));
      }
    }

    private static Charset charset(Part part) throws MessagingException {
      String name = new ContentType(part.getContentType()).getParameter("charset");
      try {
        return name == null ? US_ASCII : Charset.forName(MimeUtility.javaCharset(name));
      } catch (IllegalArgumentException e) {
        return ISO_8859_1;
      }
    }
  }
}
