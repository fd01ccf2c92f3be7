package org.certcollect.cli.account;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.certcollect.cli.verb.CommandException;
import org.certcollect.protocol.LoginPassword;
import picocli.CommandLine.Option;

/** The options that give a password. No option holds it itself: every process can see those. */
final class PasswordOptions {
  /** More than the longest password that a client can send (specification 1.06, section 1). */
  private static final int MAX_BYTES = 16 * LoginPassword.MAX_LENGTH;

  @Option(names = "--password-stdin", description = "Read the password from standard input.")
  private boolean stdin;

  @Option(
      names = "--password-file",
      paramLabel = "F",
      description = "Read the password from a file.")
  private Optional<Path> file = Optional.empty();

  /** The given password without a newline at its end; empty if none was given. */
  Optional<String> read(InputStream standardInput) {
    if (stdin && file.isPresent()) {
      throw CommandException.usage("give one of --password-stdin and --password-file, not both");
    }
    return stdin
        ? Optional.of(password(() -> standardInput, "standard input"))
        : file.map(path -> password(() -> Files.newInputStream(path), path.toString()));
  }

  private static String password(Source source, String name) {
    try (InputStream in = source.open()) {
      return check(text(in.readNBytes(MAX_BYTES)));
    } catch (IOException e) {
      throw CommandException.usage(
          "the password in %s cannot be read: see that it is there and this user may read it"
              .formatted(name));
    }
  }

  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw CommandException.refused(
          "the password is not UTF-8: clients send UTF-8, so give it in UTF-8");
    }
  }

  private static String check(String text) {
    // Editors on Windows put a byte order mark before a text.
    String password = text.replaceFirst("\\A\uFEFF", "").replaceFirst("\r?\n\\z", "");
    if (password.isEmpty()) {
      throw CommandException.refused(
          "the password is empty: give one of 1 to " + LoginPassword.MAX_LENGTH + " characters");
    }
    try {
      return new LoginPassword(password).value();
    } catch (IllegalArgumentException e) {
      throw CommandException.refused(
          "the password has more than "
              + LoginPassword.MAX_LENGTH
              + " characters, so that nobody could log in with it: give a shorter one");
    }
  }

  private interface Source {
    InputStream open() throws IOException;
  }
}
