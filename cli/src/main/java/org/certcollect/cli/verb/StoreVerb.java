package org.certcollect.cli.verb;

import java.util.Set;
import java.util.concurrent.Callable;
import org.certcollect.admin.DataFolder;
import org.certcollect.admin.TemporaryFolder;
import org.certcollect.admin.view.Fields;
import org.certcollect.admin.view.RecordFields;
import org.certcollect.cli.config.Configuration;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.output.Output;
import org.certcollect.server.config.MailConfig;
import org.certcollect.store.Account;
import org.certcollect.store.Store;
import picocli.CommandLine.Option;

/** A verb that opens the store. A server may use the same store meanwhile. */
public abstract class StoreVerb implements Callable<Integer> {
  private final Shell shell;
  private final Stores.Use use;

  @Option(names = "--json", description = "Print JSON, one record per line.")
  private boolean json;

  protected StoreVerb(Shell shell, Stores.Use use) {
    this.shell = shell;
    this.use = use;
  }

  @Override
  public final Integer call() {
    prepare();
    Configuration configuration = shell.configuration().read();
    if (use() == Stores.Use.BULK_REHEARSE
        && !Stores.exists(configuration, shell.dataFolder(), shell.clock())) {
      note(configuration, "There is no store in ", ": this dry run uses an empty one.");
      rehearse();
    } else {
      try (Store store = open(configuration)) {
        Store audited = store.audited(new CommandAudit(shell, configuration.audit()));
        // The server finds what is written, and sends it.
        runOn(
            audited.mailing(
                configuration.mail().map(MailConfig::kinds).orElse(Set.of()), () -> {}));
      }
    }
    return ExitCode.DONE;
  }

  private Store open(Configuration configuration) {
    StoreNotices notices = StoreNotices.ofOpening(shell);
    try {
      return Stores.open(
          configuration,
          shell.dataFolder(),
          shell.clock(),
          use(),
          () -> note(configuration, "There was no store in ", ", so a new one was made."));
    } finally {
      notices.close();
    }
  }

  /** Tells that the store is new, because the name of its folder or database may be misspelt. */
  private void note(Configuration configuration, String before, String after) {
    String other =
        configuration.store().isPresent()
            ? " If another database was meant, correct store.url."
            : " If another folder was meant, name it with --data.";
    output().note(before + Stores.place(configuration, shell.dataFolder()) + after + other);
  }

  private void runOn(Store store) {
    if (!use().isBulk()) {
      run(store);
      return;
    }
    StoreNotices notices = StoreNotices.open(shell);
    try {
      run(store);
    } finally {
      notices.close();
    }
  }

  /** Runs on an empty temporary store, which is then deleted with its keys. */
  private void rehearse() {
    try (TemporaryFolder temporary = TemporaryFolder.create()) {
      DataFolder folder = new DataFolder(temporary.path());
      shell.workIn(folder);
      try (Store store = folder.openOrCreate(shell.clock())) {
        run(store);
      }
    }
  }

  /** Checks and reads the options before the store is opened. */
  protected void prepare() {}

  /** The use of the store. It may depend on the options. */
  protected Stores.Use use() {
    return use;
  }

  protected abstract void run(Store store);

  /** The record of an account, as it is now. */
  protected final Fields view(Account account) {
    return RecordFields.of(account, shell.clock().instant());
  }

  protected final Shell shell() {
    return shell;
  }

  protected final Output output() {
    return shell.output();
  }

  protected final boolean json() {
    return json;
  }

  /**
   * Prints a change.
   *
   * @param sentence the sentence for people
   * @param fields the changed record, for programs
   * @param secrets the fields that are shown only once, for both
   */
  protected final void done(String sentence, Fields fields, Fields secrets) {
    shell.output().done(sentence, fields, secrets, json);
    requireArrived(secrets);
  }

  /** Fails if the output was lost and with it secrets that are shown only once. */
  protected final void requireArrived(Fields secrets) {
    if (!secrets.isEmpty() && shell.surroundings().out().checkError()) {
      throw CommandException.refused(
          "the output was lost, and with it a password, code or token that is shown only once:"
              + " standard output was closed, or its disk is full; make another with `certcollect"
              + " account password`, `certcollect order code` or `certcollect admin token add`");
    }
  }

  protected final void done(String sentence, Fields fields) {
    done(sentence, fields, new Fields());
  }
}
