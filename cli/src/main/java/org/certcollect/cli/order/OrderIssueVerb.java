package org.certcollect.cli.order;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.certcollect.admin.IssueWarnings;
import org.certcollect.admin.OrderAdministration;
import org.certcollect.admin.OrderAdministration.Prepared;
import org.certcollect.admin.view.Fields;
import org.certcollect.admin.view.RecordFields;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.cli.verb.UnverifiedOption;
import org.certcollect.store.Order;
import org.certcollect.store.Store;
import org.certcollect.store.x509.CertificateReader;
import org.certcollect.store.x509.ParsedCertificate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "issue",
    description = {
      "Make an order's certificate ready for collection; on an issued order this is a reissue, and"
          + " ends one that is under way.",
      "Files are PEM, DER or PKCS#7. The chain may be in any order: it is sorted, verified, and"
          + " completed from stored CA certificates. Its issuers are stored for the chains of other"
          + " orders."
    })
public final class OrderIssueVerb extends StoreVerb {
  @Mixin
  private final OrderVerbs.OrderNumberParameter number = new OrderVerbs.OrderNumberParameter();

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      required = true,
      description = "Certificate of the end entity; the file may also hold the chain.")
  private Path certificate = Path.of("");

  @Option(
      names = "--chain",
      paramLabel = "FILE",
      description = "Issuers of the certificate; may be repeated.")
  private List<Path> chain = List.of();

  @Mixin private final UnverifiedOption unverified = new UnverifiedOption();

  private List<ParsedCertificate> given = List.of();
  private List<ParsedCertificate> issuers = List.of();

  public OrderIssueVerb(Shell shell) {
    super(shell, Stores.Use.CHANGE);
  }

  @Override
  protected void prepare() {
    given = read(certificate);
    issuers = chain.stream().flatMap(file -> read(file).stream()).toList();
  }

  @Override
  protected void run(Store store) {
    OrderAdministration orders = shell().orders(store);
    Prepared prepared = orders.prepare(given, issuers, unverified.algorithms(), shell().clock());
    // All that could fail comes before the change, which would look as if it had not been made.
    List<Fields> certificates = RecordFields.of(prepared.chain());
    List<String> notes = new ArrayList<>();
    MissingIssuerNote.note(prepared.chain()).ifPresent(notes::add);
    notes.addAll(prepared.warnings());
    Order before = number.find(store);
    notes.addAll(IssueWarnings.of(store, before, prepared.chain(), shell().clock().instant()));
    Order order = orders.issue(number.number(), prepared);
    if (order.certificate().equals(before.certificate())) {
      notes.add(
          "Order " + order.number() + " had this certificate already, so nothing was changed.");
    }
    output().record(RecordFields.of(order).add("certificates", certificates), json());
    notes.forEach(output()::note);
  }

  private List<ParsedCertificate> read(Path file) {
    return CertificateReader.read(shell().read(file), Shell.name(file));
  }
}
