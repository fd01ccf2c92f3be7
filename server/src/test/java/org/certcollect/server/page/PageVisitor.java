package org.certcollect.server.page;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.RawConnection.Answer;
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.NewOrder;
import org.certcollect.store.domain.MailAddress;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.Product;

/** A person without a browser: sends the forms of the page and reads its answers. */
final class PageVisitor {
  static final String PAGE = "/collect";

  /** A time at which the certificates of the fixtures are valid. */
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-12-01T12:00:00Z"), ZoneOffset.UTC);

  private PageVisitor() {}

  /** Adds an order with a code, and issues a chain of the fixtures for it. */
  static void order(TestServer server, long number, String code, Optional<String> chain) {
    server
        .store()
        .orders()
        .add(
            new NewOrder(
                "reseller",
                Product.CCC,
                OptionalLong.of(number),
                true,
                Optional.empty(),
                Optional.of(server.hashCode(code))),
            TestServer.TESTER);
    chain.ifPresent(name -> server.issue(number, name));
  }

  /** Gives an order an e-mail address. */
  static void email(TestServer server, long order, String email) {
    MailContact contact =
        new MailContact(Optional.of(new MailAddress(email)), Optional.empty(), false);
    server.store().orders().setContact(order, former -> contact, TestServer.TESTER);
  }

  static Answer get(TestServer server, String target, String... headers) throws IOException {
    try (RawConnection connection = RawConnection.https(server)) {
      return connection.send(Forms.head("GET", target, headers) + "\r\n").read();
    }
  }

  /** The answer to the form with a code. */
  static Answer collect(TestServer server, String code, String... headers) throws IOException {
    return post(server, "code=" + encoded(code), headers);
  }

  /** The answer to a button. */
  static Answer download(TestServer server, String code, String format) throws IOException {
    return post(server, "code=" + encoded(code) + "&format=" + format);
  }

  static Answer post(TestServer server, String form, String... headers) throws IOException {
    String[] all = Arrays.copyOf(headers, headers.length + 1);
    all[headers.length] = "Content-Type: application/x-www-form-urlencoded";
    try (RawConnection connection = RawConnection.https(server)) {
      return connection.send(Forms.post(PAGE, form, all)).read();
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
