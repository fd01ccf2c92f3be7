package org.certcollect.cli.demo.mailbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server of SMTP (RFC 5321) on the loopback address, which puts all mails into a mailbox and
 * sends none on. It has no TLS and no login. Safe for use by many threads.
 */
public final class SmtpSink implements AutoCloseable {
  /** The number of connections at the same time; further ones wait. */
  private static final int CONNECTIONS = 4;

  private static final int TIMEOUT_MILLIS = 60_000;
  private static final int MAX_RECIPIENTS = 100;

  /** A web page that sends a form here writes more header fields than this. */
  private static final int MAX_UNKNOWN = 3;

  /** Longer than any line that RFC 5321, section 4.5.3.1, allows. */
  private static final int MAX_LINE_BYTES = 4096;

  private static final Pattern SENDER = path("MAIL FROM");
  private static final Pattern RECIPIENT = path("RCPT TO");

  private final Mailbox mailbox;
  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private SmtpSink(Mailbox mailbox, ServerSocket server) {
    this.mailbox = mailbox;
    this.server = server;
  }

  private static Pattern path(String command) {
    return Pattern.compile("(?i)" + command + ": ?<([^<>]*)>( .*)?");
  }

  /** Opens a server on a free port. */
  public static SmtpSink open(Mailbox mailbox) {
    try {
      ServerSocket server = new ServerSocket();
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      SmtpSink sink = new SmtpSink(mailbox, server);
      for (int i = 0; i < CONNECTIONS; i++) {
        Thread thread = new Thread(sink::serve, "smtp-sink");
        thread.setDaemon(true);
        thread.start();
      }
      return sink;
    } catch (IOException e) {
      throw new UncheckedIOException("no port on the loopback address can be opened", e);
    }
  }

  /** The address to send mails to, without its port. */
  public String host() {
    return server.getInetAddress().getHostAddress();
  }

  public int port() {
    return server.getLocalPort();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        open.add(socket);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        new Session(socket).run();
      } catch (IOException e) {
        // The client is gone or silent, or the server was closed.
      } finally {
        open.removeIf(Socket::isClosed);
      }
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A connection with a client, used by one thread. */
  private final class Session {
    private final InputStream in;
    private final OutputStream out;
    private int unknown;
    private boolean hasSender;
    private final List<String> recipients = new ArrayList<>();

    Session(Socket socket) throws IOException {
      in = new BufferedInputStream(socket.getInputStream());
      out = socket.getOutputStream();
    }

    void run() throws IOException {
      answer("220 localhost certcollect demo");
      for (Optional<String> line = line(); line.isPresent(); line = line()) {
        String verb = line.get().split(" ", 2)[0].toUpperCase(Locale.ROOT);
        switch (verb) {
          case "EHLO" ->
              hello("250-localhost\r\n250-8BITMIME\r\n250 SIZE " + Mailbox.MAX_MAIL_BYTES);
          case "HELO" -> hello("250 localhost");
          case "MAIL" -> answer(sender(line.get()));
          case "RCPT" -> answer(recipient(line.get()));
          case "DATA" -> data();
          case "RSET" -> hello("250 OK");
          case "NOOP" -> answer("250 OK");
          case "QUIT" -> {
            answer("221 Bye");
            return;
          }
          default -> {
            if (++unknown == MAX_UNKNOWN) {
              answer("421 This is a server of SMTP");
              return;
            }
            answer("502 Command not implemented");
          }
        }
      }
    }

    private void answer(String lines) throws IOException {
      out.write((lines + "\r\n").getBytes(US_ASCII));
    }

    /** Forgets the mail that was begun. */
    private void hello(String answer) throws IOException {
      hasSender = false;
      recipients.clear();
      answer(answer);
    }

    private String sender(String line) {
      if (hasSender) {
        return "503 A mail has begun already";
      }
      hasSender = SENDER.matcher(line).matches();
      return hasSender ? "250 OK" : "501 Write MAIL FROM:<address>";
    }

    private String recipient(String line) {
      Matcher recipient = RECIPIENT.matcher(line);
      if (!hasSender) {
        return "503 MAIL comes first";
      }
      if (recipients.size() == MAX_RECIPIENTS) {
        return "452 Too many recipients";
      }
      if (!recipient.matches() || recipient.group(1).isEmpty()) {
        return "501 Write RCPT TO:<address>";
      }
      recipients.add(recipient.group(1));
      return "250 OK";
    }

    private void data() throws IOException {
      if (recipients.isEmpty()) {
        answer("503 RCPT comes first");
        return;
      }
      answer("354 End the mail with a dot on a line of its own");
      ByteArrayOutputStream mail = new ByteArrayOutputStream();
      boolean isTooLarge = false;
      for (String line = dataLine(); !line.equals("."); line = dataLine()) {
        // RFC 5321, section 4.5.2: the client has put a dot before one that begins a line.
        String content = (line.startsWith(".") ? line.substring(1) : line) + "\r\n";
        isTooLarge |= mail.size() + content.length() > Mailbox.MAX_MAIL_BYTES;
        if (!isTooLarge) {
          mail.writeBytes(content.getBytes(ISO_8859_1));
        }
      }
      if (isTooLarge) {
        hello("552 The mail is too large");
      } else {
        mailbox.add(recipients, mail.toByteArray());
        hello("250 OK");
      }
    }

    private String dataLine() throws IOException {
      return line().orElseThrow(() -> new IOException("the client has left"));
    }

    /** The next line, a byte for each character; empty at the end. Only CR LF ends a line. */
    private Optional<String> line() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      int last = -1;
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (last == '\r' && next == '\n') {
          String text = line.toString(ISO_8859_1);
          return Optional.of(text.substring(0, text.length() - 1));
        }
        if (line.size() == MAX_LINE_BYTES) {
          answer("500 The line is too long");
          throw new IOException("the line is too long");
        }
        line.write(next);
        last = next;
      }
      return Optional.empty();
    }
  }
}
