package org.certcollect.cli.account;

import java.nio.file.Path;
import java.util.Optional;
import org.certcollect.admin.AccountAdministration;
import org.certcollect.admin.AccountAdministration.Given;
import org.certcollect.cli.verb.CommandException;
import org.certcollect.cli.verb.Shell;
import org.certcollect.protocol.LoginPassword;
import picocli.CommandLine.Option;

/** The options that give a password. No option holds it itself: every process can see those. */
final class PasswordOptions {
  @Option(names = "--password-stdin", description = "Read the password from standard input.")
  private boolean stdin;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "Read the password from a file; - is standard input.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--allow-short",
      description =
          "Take a password of fewer than " + AccountAdministration.MIN_LENGTH + " characters.")
  private boolean allowShort;

  /** The given password without a newline at its end; empty if none was given. */
  Optional<Given> read(Shell shell) {
    if (stdin && file.isPresent()) {
      throw CommandException.usage("give one of --password-stdin and --password-file, not both");
    }
    return (stdin ? Optional.of(Path.of("-")) : file)
        .map(from -> new Given(check(shell.text(from)), allowShort));
  }

  private static String check(String text) {
    String password = text.replaceFirst("\r?\n\\z", "");
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
}
