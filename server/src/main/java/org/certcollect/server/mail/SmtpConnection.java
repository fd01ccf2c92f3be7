package org.certcollect.server.mail;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.certcollect.admin.FileException;
import org.certcollect.admin.InputFiles;
import org.certcollect.server.config.MailConfig;
import org.certcollect.server.config.MailConfig.Security;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.eclipse.angus.mail.util.SocketFetcher;
import org.eclipse.angus.mail.util.WriteTimeoutSocket;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the server that takes the mails. It is opened for the first mail, and again after
 * each failure. Used by one thread.
 */
final class SmtpConnection implements AutoCloseable {
  private static final int SERVICE_CLOSING = 421;
  private static final int MAX_ERROR = 300;
  private static final String MASK = "********";

  /** The length from which a part of a code is taken out of a message. */
  private static final int MIN_PART = 4;

  private static final String PREFIX = "mail.smtp";

  /** The answers that a recipient or its mailbox does not exist or is full (RFC 3463). */
  private static final Pattern NO_RECIPIENT =
      Pattern.compile("\\d{3}[ -]5\\.(1\\.([12346]|10)|2\\.\\d+) ");

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);

  /**
   * The time for the answer to the end of a mail (RFC 5321, section 4.5.3.2.6): a server that looks
   * for viruses takes long, and a mail whose answer is not awaited is sent again.
   */
  private static final Duration END_TIMEOUT = Duration.ofMinutes(10);

  /** The longest time for which a connection without a mail is used again. */
  private static final Duration MAX_IDLE = Duration.ofSeconds(20);

  /**
   * The loggers of the library, which write whole mails, and with them collection codes. That of a
   * transport has the name of the package of its class.
   */
  private static final List<Logger> LIBRARY =
      Stream.of("org.eclipse.angus.mail", "jakarta.mail", SmtpConnection.class.getPackageName())
          .map(Logger::getLogger)
          .toList();

  static {
    LIBRARY.forEach(logger -> logger.setLevel(Level.OFF));
  }

  private final MailConfig.Smtp config;
  private final Optional<String> password;
  private final List<String> secrets;
  private final Session session;
  private final EndingTransport transport;
  private Socket plain = new Socket();
  private long used;
  private Optional<String> code = Optional.empty();
  private volatile boolean ended;

  /** A transport that waits longer for the answer to the end of a mail. */
  private final class EndingTransport extends SMTPTransport {
    EndingTransport(Session session, URLName login) {
      super(session, login);
    }

    @Override
    protected void finishData() throws IOException, MessagingException {
      plain.setSoTimeout((int) END_TIMEOUT.toMillis());
      ended = true;
      super.finishData();
      plain.setSoTimeout((int) config.timeout().toMillis());
    }
  }

  /** The password and the trusted certificates that the settings name, read from their files. */
  record Secrets(Optional<String> password, Optional<SSLSocketFactory> trust) {
    /**
     * @throws FileException if a file cannot be read
     * @throws IllegalArgumentException if it cannot be used
     */
    static Secrets read(MailConfig.Smtp config) {
      return new Secrets(
          config.passwordFile().map(file -> InputFiles.text(file).replaceFirst("\\R\\z", "")),
          config.trusted().map(Secrets::trust));
    }

    private static SSLSocketFactory trust(Path file) {
      try (InputStream in = Files.newInputStream(file)) {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int count = 0;
        for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
          store.setCertificateEntry(Integer.toString(count++), each);
        }
        TrustManagerFactory trust =
            TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        if (count == 0) {
          throw new IllegalArgumentException(file + " has no certificate");
        }
        return context.getSocketFactory();
      } catch (IOException e) {
        throw FileException.unreadable(file, e);
      } catch (GeneralSecurityException e) {
        throw new IllegalArgumentException(file + " has no certificates in PEM", e);
      }
    }
  }

  SmtpConnection(MailConfig config, Secrets secrets) {
    this.config = config.smtp();
    password = secrets.password;
    this.secrets =
        password
            .filter(text -> !text.isEmpty())
            .map(text -> forms(config.smtp().user().orElse(""), text))
            .orElse(List.of());
    session = Session.getInstance(properties(config, secrets.trust));
    MailConfig.Smtp smtp = config.smtp();
    String login = smtp.user().orElse(null);
    transport =
        new EndingTransport(
            session,
            new URLName(
                "smtp",
                smtp.host(),
                smtp.usedPort(),
                null,
                login,
                login == null ? null : password.orElse("")));
  }

  /** Whether the server may have the last mail that was sent or tried. */
  boolean mayBeTaken() {
    return ended;
  }

  private void connect() throws MessagingException {
    try {
      // The certificate is checked against the name that the address has: that of the settings.
      InetAddress address =
          InetAddress.getByAddress(
              config.host(), InetAddress.getByName(config.host()).getAddress());
      int millis = (int) config.timeout().toMillis();
      plain = new Socket();
      plain.connect(
          new InetSocketAddress(address, config.usedPort()), (int) CONNECT_TIMEOUT.toMillis());
      plain.setSoTimeout(millis);
      Socket socket = new WriteTimeoutSocket(plain, millis);
      transport.connect(
          config.security() == Security.IMPLICIT
              ? SocketFetcher.startTLS(socket, config.host(), session.getProperties(), PREFIX)
              : socket);
    } catch (IOException e) {
      throw new MessagingException("cannot connect", e);
    }
  }

  /** The forms in which a server reads the password (RFC 4616, and LOGIN), longest first. */
  private static List<String> forms(String user, String secret) {
    String plain = "\0" + user + "\0" + secret;
    return List.of(base64(user + plain), base64(plain), base64(secret), secret);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Properties properties(MailConfig mail, Optional<SSLSocketFactory> trust) {
    MailConfig.Smtp config = mail.smtp();
    Properties properties = new Properties();
    boolean starttls = config.security() == Security.STARTTLS;
    properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(starttls));
    properties.setProperty("mail.smtp.starttls.required", Boolean.toString(starttls));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    properties.setProperty("mail.smtp.ssl.protocols", "TLSv1.2 TLSv1.3");
    trust.ifPresent(factory -> properties.put("mail.smtp.ssl.socketFactory", factory));
    properties.setProperty("mail.smtp.auth", Boolean.toString(config.user().isPresent()));
    properties.setProperty("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
    properties.setProperty("mail.smtp.from", mail.from().value());
    // The name of this machine may be one that no server believes; the sender's domain is known.
    properties.setProperty("mail.smtp.localhost", mail.from().domain());
    properties.setProperty("mail.smtp.quitwait", "false");
    return properties;
  }

  Session session() {
    return session;
  }

  /**
   * Sends a mail, and returns what the server answered.
   *
   * @param collectionCode the code in the mail, which no message repeats
   * @throws MailException if the server has not confirmed it
   */
  String send(MimeMessage mail, String recipient, Optional<String> collectionCode) {
    code = collectionCode;
    ended = false;
    try {
      if (System.nanoTime() - used > MAX_IDLE.toNanos()) {
        close();
      }
      if (!transport.isConnected()) {
        connect();
      }
      transport.sendMessage(mail, new Address[] {new InternetAddress(recipient, true)});
      used = System.nanoTime();
      return text(transport.getLastServerResponse());
    } catch (MessagingException e) {
      close();
      throw explain(e);
    }
  }

  /**
   * The exception for the caller. It has no cause, as a server may repeat the password in its
   * answer.
   */
  private MailException explain(MessagingException failure) {
    for (Exception e = failure; e instanceof MessagingException m; e = m.getNextException()) {
      if (e instanceof SMTPAddressFailedException refused) {
        return refused(refused.getReturnCode(), e);
      }
      if (e instanceof SMTPSendFailedException refused
          && !refused.getCommand().startsWith("MAIL")
          && refused.getReturnCode() > 0) {
        return refused(refused.getReturnCode(), e);
      }
    }
    String where = String.format(Locale.ROOT, "%s:%d: ", config.host(), config.usedPort());
    Exception cause = failure.getNextException() == null ? failure : failure.getNextException();
    String what =
        failure instanceof AuthenticationFailedException
            ? "the login is refused: " + text(failure.getMessage())
            : text(failure.getMessage())
                + (cause == failure ? "" : " (" + text(cause.getMessage()) + ")");
    return new MailException(
        ended ? MailException.Reach.UNKNOWN : MailException.Reach.ALL_MAILS,
        where + what,
        reason(failure));
  }

  /** The reason in words of the JDK and our own, without what the server wrote. */
  private static String reason(MessagingException failure) {
    if (failure instanceof AuthenticationFailedException) {
      return "the login is refused";
    }
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof SMTPSendFailedException refused && refused.getReturnCode() > 0) {
        return "the answer was " + refused.getReturnCode();
      }
      if (e instanceof SSLException || e instanceof CertificateException) {
        String said = String.valueOf(e.getMessage()).replaceAll("\\p{C}+", " ");
        return "TLS failed: " + said.substring(0, Math.min(MAX_ERROR, said.length()));
      }
      if (e instanceof UnknownHostException) {
        return "the host has no address";
      }
      if (e instanceof SocketTimeoutException) {
        return "no answer in time";
      }
      if (e instanceof SocketException) {
        return "no connection: " + e.getMessage();
      }
    }
    return "the server does not do what is needed; `certcollect mail list` tells more";
  }

  private MailException refused(int code, Exception e) {
    MailException.Reach reach =
        code == SERVICE_CLOSING
            ? MailException.Reach.ALL_MAILS
            : code < 500
                ? MailException.Reach.FOR_NOW
                : NO_RECIPIENT.matcher(String.valueOf(e.getMessage())).lookingAt()
                    ? MailException.Reach.FOR_EVER
                    : MailException.Reach.RECIPIENT;
    return new MailException(reach, text(e.getMessage()), "the answer was " + code);
  }

  /** The words of a server as one short line, in which it repeats neither password nor code. */
  private String text(@Nullable String said) {
    String shown = String.valueOf(said).replaceAll("\\p{C}+", " ").strip();
    for (String secret : secrets) {
      shown = shown.replace(secret, MASK);
    }
    if (code.isPresent()) {
      shown = withoutParts(shown, code.get());
    }
    return shown.length() > MAX_ERROR ? shown.substring(0, MAX_ERROR) + "..." : shown;
  }

  /** A text without parts of a code, as an answer of several lines may have it in pieces. */
  private static String withoutParts(String text, String code) {
    int length = Math.min(MIN_PART, code.length());
    BitSet hidden = new BitSet();
    for (int part = 0; part + length <= code.length(); part++) {
      for (int at = 0; at + length <= text.length(); at++) {
        if (text.regionMatches(true, at, code, part, length)) {
          hidden.set(at, at + length);
        }
      }
    }
    StringBuilder shown = new StringBuilder();
    for (int at = 0; at < text.length(); at++) {
      if (!hidden.get(at)) {
        shown.append(text.charAt(at));
      } else if (!hidden.get(at + 1)) {
        shown.append(MASK);
      }
    }
    return shown.toString();
  }

  @Override
  public void close() {
    try {
      transport.close();
      plain.close();
    } catch (MessagingException | IOException e) {
      // The next mail opens another connection.
    }
  }
}
