package org.certcollect.cli;

import java.util.concurrent.Callable;
import org.certcollect.cli.output.Fields;
import org.certcollect.store.Store;
import picocli.CommandLine.Option;

/** A verb that works on the store itself, beside a server that may run on it. */
public abstract class StoreVerb implements Callable<Integer> {
  /** Whether a verb makes a store where there is none. */
  public enum Access {
    READS,
    WRITES
  }

  private final Shell shell;
  private final Access access;

  @Option(names = "--json", description = "Print JSON, one record a line.")
  private boolean json;

  protected StoreVerb(Shell shell, Access access) {
    this.shell = shell;
    this.access = access;
  }

  @Override
  public final Integer call() {
    prepare();
    // A broken configuration is said before anything is done.
    var unused = shell.configuration().read();
    try (Store store =
        access == Access.WRITES
            ? shell.dataFolder().openOrCreate(shell.clock())
            : shell.dataFolder().openExisting(shell.clock())) {
      run(store);
    }
    return ExitCode.DONE;
  }

  /** Reads what was given, before the store is touched. */
  protected void prepare() {}

  protected abstract void run(Store store);

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
  }

  protected final void done(String sentence, Fields fields) {
    done(sentence, fields, new Fields());
  }
}
