package org.certcollect.admin.transfer;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.certcollect.admin.PasswordHasher;
import org.certcollect.admin.transfer.Format.Name;
import org.certcollect.store.Account;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.MailAddress;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.OldPassword;
import org.certcollect.store.domain.PasswordHash;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.PushSettings;
import org.certcollect.store.domain.PushUrl;
import org.certcollect.store.transfer.AccountRecord;
import org.certcollect.store.transfer.CaRecord;
import org.certcollect.store.transfer.EventRecord;
import org.certcollect.store.transfer.TransferRecord;
import org.certcollect.store.x509.CertificateReader;
import org.certcollect.store.x509.Issuing;
import org.certcollect.store.x509.ParsedCertificate;

/**
 * Creates records from parsed lines. Safe for use by many threads.
 *
 * @param known the CA certificates so far; those of lines are added
 * @param created the time for an account whose line has none, by its login
 */
record LineRecords(
    NamedFiles files,
    CaRegistry known,
    OrderReader orders,
    PlainPasswords passwords,
    Function<String, Instant> created) {
  boolean isCa(JsonObject line) {
    return Format.Line.CA.equals(line.peekText(Name.TYPE));
  }

  /**
   * The CA certificate of a line.
   *
   * @param place the position of the line in the input
   */
  CaRecord ca(JsonObject line, long place) {
    String unused = line.text(Name.TYPE);
    String text = line.text(Name.CERTIFICATE);
    Optional<List<EventRecord>> events = events(line);
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

  /** The account or order of a line, which is read after all CA certificates before it. */
  TransferRecord other(JsonObject line, long place) {
    String type = line.text(Name.TYPE);
    return switch (type) {
      case Format.Line.ACCOUNT -> account(line);
      case Format.Line.ORDER -> orders.read(line, place);
      default ->
          throw OrderReader.notOneOf(
              Name.TYPE,
              type,
              String.join(", ", Format.Line.ACCOUNT, Format.Line.CA, Format.Line.ORDER));
    };
  }

  private AccountRecord account(JsonObject line) {
    String login = login(line.text(Name.LOGIN));
    Optional<String> plain = line.optionalText(Name.PASSWORD);
    Optional<String> hash = line.optionalText(Name.PASSWORD_HASH);
    Set<Product> products = products(line);
    boolean enabled = line.flag(Name.ENABLED, true);
    Optional<Instant> since = line.optionalTimestamp(Name.CREATED);
    Optional<OldPassword> oldPassword = oldPassword(line);
    MailContact contact = contact(line);
    Optional<PushSettings> push = line.object(Name.PUSH).map(LineRecords::push);
    Optional<List<EventRecord>> events = events(line);
    // Before the passwords are looked at: the key of one may be misspelt.
    line.end();
    if (plain.isPresent() == hash.isPresent()) {
      throw new InvalidRecordException("it must have either passwordHash or password");
    }
    return new AccountRecord(
        login,
        hash.map(LineRecords::passwordHash)
            .orElseGet(() -> passwords.hash(login, plain.orElseThrow())),
        products,
        enabled,
        since.orElseGet(() -> created.apply(login)),
        oldPassword,
        contact,
        push,
        events);
  }

  private static Optional<OldPassword> oldPassword(JsonObject line) {
    Optional<String> hash = line.optionalText(Name.OLD_PASSWORD_HASH);
    Optional<Instant> until = line.optionalTimestamp(Name.OLD_PASSWORD_UNTIL);
    if (hash.isPresent() != until.isPresent()) {
      throw new InvalidRecordException("oldPasswordHash and oldPasswordUntil belong together");
    }
    return hash.map(phc -> new OldPassword(passwordHash(phc), until.orElseThrow()));
  }

  /** The address, language and opt-out for e-mails of an account or an order. */
  static MailContact contact(JsonObject line) {
    try {
      return new MailContact(
          line.optionalText(Name.EMAIL).map(MailAddress::new),
          line.optionalText(Name.LANGUAGE),
          line.flag(Name.NO_MAIL, false));
    } catch (IllegalArgumentException e) {
      throw new InvalidRecordException("email or language: " + e.getMessage());
    }
  }

  private static PushSettings push(JsonObject object) {
    try {
      PushSettings push =
          new PushSettings(
              new PushUrl(object.text(Name.URL)),
              object.optionalText(Name.USER),
              Optional.empty(),
              object.flag(Name.WITH_CERTIFICATE, false));
      object.end();
      return push;
    } catch (IllegalArgumentException e) {
      throw new InvalidRecordException("push: " + e.getMessage());
    }
  }

  private static String login(String login) {
    if (!Account.isLogin(login)) {
      throw new InvalidRecordException(
          "login must have 1 to 64 characters and no control characters");
    }
    return login;
  }

  private static PasswordHash passwordHash(String phc) {
    PasswordHash hash = new PasswordHash(phc);
    if (!PasswordHasher.canVerify(hash)) {
      throw new InvalidRecordException("passwordHash is not " + PasswordHasher.VERIFIABLE);
    }
    return hash;
  }

  private static Set<Product> products(JsonObject line) {
    return line.texts(Name.PRODUCTS).orElse(List.of()).stream()
        .map(text -> OrderReader.word(Product.class, Name.PRODUCTS, text))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The optional history of a line. */
  static Optional<List<EventRecord>> events(JsonObject line) {
    return line.objects(Name.EVENTS).map(list -> list.stream().map(LineRecords::event).toList());
  }

  private static EventRecord event(JsonObject event) {
    EventRecord read =
        new EventRecord(
            event.timestamp(Name.AT),
            actor(event.text(Name.ACTOR)),
            event.text(Name.ACTION),
            event.optionalText(Name.FROM),
            event.optionalText(Name.TO),
            event.optionalText(Name.DETAIL));
    event.end();
    return read;
  }

  private static Actor actor(String name) {
    try {
      return new Actor(name);
    } catch (IllegalArgumentException e) {
      throw new InvalidRecordException("actor must have 1 to 128 characters");
    }
  }
}
