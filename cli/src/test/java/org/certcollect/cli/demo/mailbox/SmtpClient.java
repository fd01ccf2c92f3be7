package org.certcollect.cli.demo.mailbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;

/** A client of SMTP that sends what a test writes. */
public final class SmtpClient implements AutoCloseable {
  private final Socket socket;
  private final BufferedReader in;

  /** Connects to a port of this machine, and reads the greeting. */
  public SmtpClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    in.readLine();
  }

  /** Sends lines, and returns the last line of the answer; null if the server has left. */
  public String say(String lines) throws IOException {
    socket.getOutputStream().write((lines + "\r\n").getBytes(UTF_8));
    String line = in.readLine();
    while (line != null && line.matches("\\d{3}-.*")) {
      line = in.readLine();
    }
    return line;
  }

  /** Sends a mail, and returns the answer to its end. */
  public String mail(String content) throws IOException {
    say("MAIL FROM:<a@example.com>");
    say("RCPT TO:<b@example.com>");
    say("DATA");
    return say(content + "\r\n.");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
