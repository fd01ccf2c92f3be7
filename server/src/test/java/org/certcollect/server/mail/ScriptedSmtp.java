package org.certcollect.server.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.certcollect.server.testing.ScriptedServer;

/**
 * An SMTP server on a loopback port that fails as it is told: each queued failure is the fate of
 * one mail. An answer such as {@code RCPT 450 later} is given to that command; {@code HANG} says
 * nothing more; {@code CUT} closes the connection after the mail was read; {@code WAIT} answers to
 * the end of the mail when {@link #answers} is open.
 */
public final class ScriptedSmtp extends ScriptedServer {
  private final Queue<String> mails = new ConcurrentLinkedQueue<>();
  private final Queue<String> commands = new ConcurrentLinkedQueue<>();
  public final Queue<String> failures = new ConcurrentLinkedQueue<>();

  final CountDownLatch answers = new CountDownLatch(1);
  private final SSLContext tls;
  private final boolean starttls;
  private final boolean implicit;
  private final String login;

  /**
   * @param tls for STARTTLS; if null, it is not offered
   * @param login the right user and password with a blank between; empty if none is asked for
   */
  public ScriptedSmtp(SSLContext tls, String login) throws IOException {
    this(tls, login, false);
  }

  /**
   * @param implicit whether TLS is spoken from the first byte
   */
  ScriptedSmtp(SSLContext tls, String login, boolean implicit) throws IOException {
    super(InetAddress.getLoopbackAddress());
    this.tls = tls;
    this.implicit = implicit;
    starttls = tls != null && !implicit;
    this.login = login;
    start();
  }

  /** The mails that have come so far. */
  public List<String> mails() {
    return List.copyOf(mails);
  }

  /** The lines outside of mails that have come so far. */
  List<String> commands() {
    return List.copyOf(commands);
  }

  @Override
  protected void serve(Socket plain) throws IOException {
    try (plain) {
      Connection connection = new Connection(plain);
      if (implicit) {
        connection.secure(tls);
      }
      connection.say("220 test");
      String failure = "";
      for (String line = connection.in.readLine(); line != null; line = connection.in.readLine()) {
        commands.add(line);
        String verb = line.length() < 4 ? line : line.substring(0, 4).toUpperCase(Locale.ROOT);
        if (verb.equals("MAIL")) {
          String queued = failures.poll();
          failure = queued == null ? "" : queued;
        }
        if (failure.equals("HANG")) {
          continue;
        }
        if (failure.startsWith(verb + " ") && !verb.equals("DATA")) {
          connection.say(failure.substring(5));
          continue;
        }
        switch (verb) {
          case "EHLO" -> {
            connection.say("250-test");
            if (starttls && connection.isPlain()) {
              connection.say("250-STARTTLS");
            }
            connection.say("250 AUTH PLAIN");
          }
          case "STAR" -> {
            connection.say("220 go ahead");
            connection.secure(tls);
          }
          case "AUTH" -> {
            String given =
                new String(Base64.getDecoder().decode(line.substring(11)), ISO_8859_1)
                    .replaceFirst("[^\0]*\0", "")
                    .replace('\0', ' ');
            connection.say(given.equals(login) ? "235 ok" : "535 no: " + given + line);
          }
          case "DATA" -> {
            connection.say("354 go on");
            String mail = connection.mail();
            if (failure.startsWith("DATA ")) {
              connection.say(failure.substring(5));
            } else if (failure.equals("CUT")) {
              mails.add(mail);
              return;
            } else {
              mails.add(mail);
              if (failure.equals("WAIT")) {
                await();
              }
              connection.say("250 taken");
            }
          }
          case "QUIT" -> {
            connection.say("221 bye");
            return;
          }
          default -> connection.say("250 ok");
        }
      }
    }
  }

  private void await() throws IOException {
    try {
      answers.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** One connection, in plain text or in TLS. */
  private static final class Connection {
    private Socket socket;
    private BufferedReader in;

    Connection(Socket socket) throws IOException {
      this.socket = socket;
      in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
    }

    boolean isPlain() {
      return !(socket instanceof SSLSocket);
    }

    void secure(SSLContext tls) throws IOException {
      SSLSocket secured =
          (SSLSocket) tls.getSocketFactory().createSocket(socket, "client", 0, true);
      secured.setUseClientMode(false);
      socket = secured;
      in = new BufferedReader(new InputStreamReader(secured.getInputStream(), ISO_8859_1));
    }

    void say(String line) throws IOException {
      socket.getOutputStream().write((line + "\r\n").getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
    }

    String mail() throws IOException {
      StringBuilder mail = new StringBuilder();
      for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
        if (line == null) {
          throw new EOFException("a mail without its end is not taken");
        }
        mail.append(line.startsWith("..") ? line.substring(1) : line).append("\r\n");
      }
      return mail.toString();
    }
  }
}
