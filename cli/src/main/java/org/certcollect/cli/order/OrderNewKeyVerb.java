package org.certcollect.cli.order;

import java.nio.file.Path;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.output.Fields;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.Store;
import picocli.CommandLine.Command;

@Command(
    name = "new-key",
    description = {
      "Replace a lost key of the collection codes by the key file that exists, or else by a new"
          + " key.",
      "Codes made with another key become invalid; `${ROOT-COMMAND-NAME} order code` makes new"
          + " ones. Copy the key to every node and restart its server, which uses the old key until"
          + " then."
    })
public final class OrderNewKeyVerb extends StoreVerb {
  public OrderNewKeyVerb(Shell shell) {
    super(shell, Stores.Use.CHANGE);
  }

  @Override
  protected void run(Store store) {
    Path key = shell().keyOfCodes(store).replace(shell().actor());
    done(
        "%s is now the key of this store's collection codes: copy it to every node and restart the"
                .formatted(key)
            + " servers, which use the old one until then; codes made with another key are invalid",
        new Fields().add("key", key.toString()));
  }
}
