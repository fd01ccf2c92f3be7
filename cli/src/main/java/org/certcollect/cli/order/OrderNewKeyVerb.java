package org.certcollect.cli.order;

import java.nio.file.Path;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.output.Fields;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.Store;
import picocli.CommandLine.Command;

/** Replaces a lost key of the collection codes. */
@Command(
    name = "new-key",
    description = {
      "Replaces the key of the collection codes, for when it is lost: by the one that is there, or"
          + " a new one.",
      "Codes made with another key are found no more; `certcollect order code` makes new ones. Copy"
          + " the key to every node and restart its server, which goes by the old key until then."
    })
public final class OrderNewKeyVerb extends StoreVerb {
  public OrderNewKeyVerb(Shell shell) {
    super(shell, Stores.Use.CHANGE);
  }

  @Override
  protected void run(Store store) {
    Path key = shell().keyOfCodes(store).replace(shell().actor());
    done(
        "%s is the key of this store's collection codes now: copy it to every node and restart the"
                .formatted(key)
            + " servers, which go by the old one until then; codes made with another are not found"
            + " any more",
        new Fields().add("key", key.toString()));
  }
}
