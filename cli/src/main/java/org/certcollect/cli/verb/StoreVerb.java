package org.certcollect.cli.verb;

import java.util.concurrent.Callable;
import org.certcollect.admin.DataFolder;
import org.certcollect.admin.TemporaryFolder;
import org.certcollect.cli.config.Configuration;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.output.Fields;
import org.certcollect.store.Account;
import org.certcollect.store.Store;
import picocli.CommandLine.Option;

/** A verb that works on the store itself, beside a server that may run on it. */
public abstract class StoreVerb implements Callable<Integer> {
  private final Shell shell;
  private final Stores.Use use;

  @Option(names = "--json", description = "Print JSON, one record a line.")
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
      rehearse();
    } else {
      try (Store store = Stores.open(configuration, shell.dataFolder(), shell.clock(), use())) {
        runOn(store);
      }
    }
    return ExitCode.DONE;
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

  /** What would become of an empty store shows in one; nothing is left of it, nor of its keys. */
  private void rehearse() {
    try (TemporaryFolder temporary = TemporaryFolder.create()) {
      DataFolder folder = new DataFolder(temporary.path());
      shell.workIn(folder);
      try (Store store = folder.openOrCreate(shell.clock())) {
        run(store);
      }
    }
  }

  /** Reads what was given, before the store is touched. */
  protected void prepare() {}

  /** What it needs the store for, once its options are known. */
  protected Stores.Use use() {
    return use;
  }

  protected abstract void run(Store store);

  /** The account of that login; where there is none, the verb is refused. */
  protected static Account account(Store store, String login) {
    return store
        .accounts()
        .find(login)
        .orElseThrow(
            () ->
                CommandException.refused(
                    "there is no account '%s'; `certcollect account list` shows those that exist"
                        .formatted(login)));
  }

  protected final Shell shell() {
    return shell;
  }

  protected final boolean json() {
    return json;
  }

  /**
   * Prints what was done.
   *
   * @param sentence for people
   * @param fields the record as it is now, for programs
   * @param secrets what is shown this once, for both
   */
  protected final void done(String sentence, Fields fields, Fields secrets) {
    shell.output().done(sentence, fields, secrets, json);
    requireArrived(secrets);
  }

  /** Tells that a secret was lost, which is shown only once. */
  protected final void requireArrived(Fields secrets) {
    if (!secrets.isEmpty() && shell.surroundings().out().checkError()) {
      throw CommandException.refused(
          "what was printed was lost, with the password or code that is shown only once: standard"
              + " output was closed, or its disk is full; make another with"
              + " `certcollect account password` or `certcollect order code`");
    }
  }

  protected final void done(String sentence, Fields fields) {
    done(sentence, fields, new Fields());
  }
}
