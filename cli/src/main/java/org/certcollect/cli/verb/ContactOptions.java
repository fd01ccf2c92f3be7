package org.certcollect.cli.verb;

import java.util.Optional;
import org.certcollect.admin.ContactChange;
import org.certcollect.store.domain.MailContact;
import picocli.CommandLine.Option;

/** The options that tell how the people of an account or of an order get e-mails. */
public final class ContactOptions {
  @Option(
      names = "--email",
      paramLabel = "ADDRESS",
      description = "Address for e-mails; an empty text removes it.")
  private Optional<String> email = Optional.empty();

  @Option(
      names = "--language",
      paramLabel = "LANGUAGE",
      description = "Language of e-mails, for example de; an empty text removes it.")
  private Optional<String> language = Optional.empty();

  @Option(names = "--no-mail", description = "Send no e-mails.")
  private boolean none;

  @Option(names = "--mail", description = "Send e-mails again, after --no-mail.")
  private boolean again;

  public ContactChange change() {
    if (none && again) {
      throw CommandException.usage("--no-mail and --mail: choose one");
    }
    return new ContactChange(email, language, none || again ? Optional.of(none) : Optional.empty());
  }

  public void requireOne() {
    if (change().isEmpty()) {
      throw CommandException.usage("give --email, --language, --no-mail or --mail");
    }
  }

  /**
   * The advice after a change that gave an address to which nothing is sent.
   *
   * @param about those whose contact was changed, for example {@code account acme}
   * @param now the contact after the change
   */
  public Optional<String> advice(String about, MailContact now) {
    return email
        .filter(given -> !given.isEmpty() && now.optedOut() && !none)
        .map(
            given ->
                "No e-mails about %s are sent, because of an earlier --no-mail. Add --mail to have"
                        .formatted(about)
                    + " them sent.");
  }
}
