package org.certcollect.cli.verb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.certcollect.admin.DryRun;
import org.certcollect.admin.view.Fields;
import org.certcollect.cli.config.Stores;
import org.certcollect.store.Store;
import picocli.CommandLine.Option;

/** A verb whose change cannot be taken back, or hits clients at once: it asks first. */
public abstract class ConfirmedVerb extends StoreVerb {
  private static final int MAX_ANSWER = 100;

  @Option(names = "--dry-run", description = "Print what would be changed, and change nothing.")
  private boolean dryRun;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask. Required if there is no terminal to ask at.")
  private boolean yes;

  protected ConfirmedVerb(Shell shell, Stores.Use use) {
    super(shell, use);
  }

  /** A change: the sentence for people, and the changed record for programs. */
  public record Change(String sentence, Fields fields) {}

  /** The question that a person answers with yes or no; it names the consequences. */
  protected abstract String question(Store store);

  /** Makes the change in a store, which may be undone. */
  protected abstract Change change(Store store);

  /** Tries the change and undoes it. */
  protected Change rehearse(Store store) {
    return DryRun.of(store, this::change);
  }

  protected final boolean isDryRun() {
    return dryRun;
  }

  @Override
  protected final void run(Store store) {
    if (dryRun) {
      Change tried = rehearse(store);
      done(
          "dry run, nothing is changed; without --dry-run: " + tried.sentence,
          tried.fields.and(new Fields().add("dryRun", true)));
      return;
    }
    if (!yes) {
      // An impossible change is refused before the question.
      rehearse(store);
      ask(question(store));
    }
    Change made = change(store);
    done(made.sentence, made.fields);
  }

  private void ask(String question) {
    if (!shell().surroundings().asks()) {
      throw CommandException.usage(
          "the command asks before it changes anything, and there is no terminal to ask at: give"
              + " --yes to have it done unasked, or --dry-run to see what it would do");
    }
    output().prompt(question + " [y/N] ");
    String answer = line(shell().surroundings().in()).strip().toLowerCase(Locale.ROOT);
    if (!answer.equals("y") && !answer.equals("yes")) {
      throw CommandException.refused("nothing was changed");
    }
  }

  /** One line of the input, of which no more is read. */
  private static String line(InputStream in) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      int next = in.read();
      while (next >= 0 && next != '\n' && line.size() < MAX_ANSWER) {
        line.write(next);
        next = in.read();
      }
    } catch (IOException e) {
      return "";
    }
    return line.toString(StandardCharsets.UTF_8);
  }
}
