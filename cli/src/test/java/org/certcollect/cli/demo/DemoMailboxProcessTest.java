package org.certcollect.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.certcollect.cli.ChildProcess;
import org.certcollect.cli.HttpsCaller;
import org.certcollect.cli.demo.mailbox.SmtpClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("drill")
class DemoMailboxProcessTest {
  private static final Pattern PORT = Pattern.compile("(?m)^mail\\.port = (\\d+)$");
  private static final String SCRIPT = "<script>alert(1)</script>";

  private final HttpClient client = HttpClient.newHttpClient();
  @TempDir private Path temporary;

  @Test
  void linkOfAMailLeadsToTheCertificate() throws Exception {
    try (ChildProcess demo = demo("--management-port=0")) {
      String mailbox = mailbox(demo);
      demo.awaitErr("\"kind\":\"READY\"");
      String mail =
          body(mailbox + mailPath(mailbox, "Your certificate is ready for collection&#33;"));
      Matcher link =
          Pattern.compile("<a href=\"(https://localhost:\\d+/collect)&#35;code=([A-Z0-9]+)\">")
              .matcher(mail);
      assertThat(link.find()).as(mail).isTrue();
      assertThat(demo.lines())
          .contains("# Page for people: " + link.group(1) + "#code=" + link.group(2));

      HttpsCaller person = new HttpsCaller();
      String form = "code=" + link.group(2);
      assertThat(person.post(link.group(1), form)).contains("Bob Example");
      assertThat(person.post(link.group(1), form + "&format=crt"))
          .startsWith("-----BEGIN CERTIFICATE-----");
      assertThat(demo.terminate()).isZero();
    }
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void mailOfAChangeByAnotherProcessIsShown() throws Exception {
    try (ChildProcess demo = demo("--management-port=0")) {
      String mailbox = mailbox(demo);
      run(folder(demo), "order", "revoke", "1004", "--yes");
      demo.awaitErr("\"order\":1004");
      String mail =
          body(
              mailbox
                  + mailPath(
                      mailbox,
                      "ORDER &#35;1004 - Your SSL Certificate for www.example.com was revoked"));
      assertThat(mail).contains("was revoked and must not be used any more");
    }
  }

  @Test
  void receiverOnThisMachineIsToldOfAChange() throws Exception {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          told.add(exchange.getRequestURI().toString());
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    try (ChildProcess demo = demo("--management-port=0")) {
      mailbox(demo);
      String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/certificates";
      Path folder = folder(demo);
      run(folder, "push", "set", "demo", "--url", url);
      run(folder, "order", "revoke", "1006", "--yes");

      assertThat(told.poll(1, TimeUnit.MINUTES))
          .startsWith("/certificates?orderNumber=1006&")
          .contains("&status=revoked&");
    } finally {
      receiver.stop(0);
    }
  }

  private void run(Path folder, String... verb) throws Exception {
    List<String> words = new ArrayList<>(List.of("--data", folder.toString()));
    words.addAll(List.of(verb));
    try (ChildProcess change = ChildProcess.start(temporary, words.toArray(String[]::new))) {
      assertThat(change.waitFor()).as(change.err()).isZero();
    }
  }

  @Test
  void hostileMailIsShownAsText() throws Exception {
    try (ChildProcess demo = demo("--management-port=0")) {
      String mailbox = mailbox(demo);
      Matcher port = PORT.matcher(Files.readString(folder(demo).resolve("certcollect.properties")));
      assertThat(port.find()).isTrue();
      try (SmtpClient smtp = new SmtpClient(Integer.parseInt(port.group(1)))) {
        assertThat(
                smtp.mail(
                    "Subject: %s\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n%s\r\n--b\r\nContent-Type: text/html\r\n\r\n%s\r\n--b\r\nContent-Disposition: attachment; filename=\"../a\\\".html\"\r\nContent-Type: text/html\r\n\r\n%s\r\n--b--"
                        .replace("%s", SCRIPT)))
            .startsWith("250");
      }
      String path = mailPath(mailbox, "&#60;script&#62;alert(1)&#60;/script&#62;");
      HttpResponse<String> mail = get(mailbox + path);
      assertThat(mail.body()).doesNotContain("<script");
      assertThat(mail.headers().firstValue("Content-Security-Policy").orElse(""))
          .startsWith("default-src 'none'; style-src 'sha256-")
          .doesNotContain("script-src", "unsafe");
      assertThat(mail.headers().firstValue("Set-Cookie")).isEmpty();

      for (String part : new String[] {"/html", "/source", "/attachments/0"}) {
        HttpResponse<String> raw = get(mailbox + path + part);
        assertThat(raw.statusCode()).as(part).isEqualTo(200);
        assertThat(raw.body()).contains(SCRIPT);
        assertThat(raw.headers().firstValue("Content-Security-Policy"))
            .contains("default-src 'none'; style-src 'unsafe-inline'; sandbox");
        assertThat(raw.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      }
      HttpResponse<String> file = get(mailbox + path + "/attachments/0");
      assertThat(file.headers().firstValue("Content-Type")).contains("application/octet-stream");
      assertThat(file.headers().firstValue("Content-Disposition").orElse(""))
          .matches("attachment; filename=\"[A-Za-z0-9._-]+\"");
      for (String none :
          new String[] {"/0", "/x", "/999", path.substring(0, 2) + "/attachments/9"}) {
        assertThat(get(mailbox + none).statusCode()).as(none).isEqualTo(404);
      }
    }
  }

  @Test
  void takenPortIsToldWithTheOptionThatChoosesAnother() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ChildProcess demo = demo("--management-port=" + taken.getLocalPort())) {
      assertThat(demo.waitFor()).isEqualTo(2);
      assertThat(demo.err())
          .contains("the port is taken: choose another port with --management-port, 0 for a free");
    }
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void demoWithoutAMailboxNamesNone() throws Exception {
    try (ChildProcess demo = demo("--management-port=off")) {
      demo.await("curl ");
      assertThat(demo.lines()).noneMatch(line -> line.contains("/mail"));
    }
  }

  private ChildProcess demo(String managementPort) throws IOException {
    return ChildProcess.start(temporary, "demo", "--https-port=0", "--http-port=0", managementPort);
  }

  private static String mailbox(ChildProcess demo) {
    return demo.await("# E-mails it sends: ").replaceFirst(".*: ", "");
  }

  private static Path folder(ChildProcess demo) {
    return Path.of(demo.await("data=").replaceFirst("data=(\\S+).*", "$1"));
  }

  /** The path of the mail with a subject, below that of the mailbox. */
  private String mailPath(String mailbox, String subject) throws Exception {
    String list = body(mailbox);
    Matcher link =
        Pattern.compile("<a href=\"/mail(/\\d+)\">" + Pattern.quote(subject) + "</a>")
            .matcher(list);
    assertThat(link.find()).as(list).isTrue();
    return link.group(1);
  }

  private String body(String url) throws Exception {
    return get(url).body();
  }

  private HttpResponse<String> get(String url) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
