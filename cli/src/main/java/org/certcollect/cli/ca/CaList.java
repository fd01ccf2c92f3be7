package org.certcollect.cli.ca;

import org.certcollect.cli.config.Stores;
import org.certcollect.cli.verb.RecordFields;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.Store;
import picocli.CommandLine.Command;

@Command(name = "list", description = "List the CA certificates that chains are completed from.")
public final class CaList extends StoreVerb {
  public CaList(Shell shell) {
    super(shell, Stores.Use.READ);
  }

  @Override
  protected void run(Store store) {
    output().records(store.caCertificates().list().stream().map(RecordFields::of).toList(), json());
  }
}
