package org.certcollect.cli.order;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.certcollect.admin.InputFiles;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.output.Fields;
import org.certcollect.cli.output.Section;
import org.certcollect.cli.verb.CertificateFields;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.Order;
import org.certcollect.store.Store;
import org.certcollect.store.x509.Certificate;
import org.certcollect.store.x509.CertificateReader;
import org.certcollect.store.x509.ChainBuilder;
import org.certcollect.store.x509.VerifiedChain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes an order's certificate ready for collection. */
@Command(
    name = "issue",
    description = {
      "Makes an order's certificate ready for collection; on an issued order it is a reissue.",
      "Files are PEM, DER or PKCS#7, the chain in any order: it is put right, verified, and"
          + " completed from CA certificates already stored. Its issuers are stored, too, for the"
          + " chains of other orders."
    })
public final class OrderIssue extends StoreVerb {
  @Mixin private final OrderNumberParameter number = new OrderNumberParameter();

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      required = true,
      description = "The end entity's certificate; may hold the chain, too.")
  private Path certificate = Path.of("");

  @Option(names = "--chain", paramLabel = "FILE", description = "Its issuers; may be repeated.")
  private List<Path> chain = List.of();

  private List<X509Certificate> given = List.of();
  private List<X509Certificate> issuers = List.of();

  public OrderIssue(Shell shell) {
    super(shell, Stores.Use.CHANGE);
  }

  @Override
  protected void prepare() {
    given = read(certificate);
    issuers = chain.stream().flatMap(file -> read(file).stream()).toList();
  }

  @Override
  protected void run(Store store) {
    VerifiedChain built = new ChainBuilder(store.caCertificates()).build(given, issuers);
    Order order = store.orders().issue(number.number(), built, shell().actor());
    shell()
        .output()
        .detail(OrderFields.of(order), json(), new Section("certificates", served(built)));
    if (!Chains.reachesRoot(built)) {
      shell()
          .output()
          .note(
              "The chain does not reach a root: %s is not stored. Add it with `certcollect ca add`"
                      .formatted(Chains.missingIssuer(built))
                  + " or --chain, and issue again, if clients are to get it.");
    }
  }

  private static List<X509Certificate> read(Path file) {
    return CertificateReader.read(InputFiles.read(file), file.toString());
  }

  private static List<Fields> served(VerifiedChain chain) {
    List<Certificate> all = new ArrayList<>(List.of(chain.endEntity()));
    all.addAll(chain.issuers());
    return all.stream().map(CertificateFields::of).toList();
  }
}
