package org.certcollect.cli.order;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.certcollect.admin.EnumWords;
import org.certcollect.admin.view.Fields;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.verb.CommandException;
import org.certcollect.cli.verb.Converters;
import org.certcollect.cli.verb.OutputFiles;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.protocol.format.CertificateSets;
import org.certcollect.protocol.format.ChainPart;
import org.certcollect.protocol.format.Der;
import org.certcollect.protocol.format.IssuedCertificate;
import org.certcollect.protocol.format.IssuedCertificate.CaCertificate;
import org.certcollect.protocol.format.PemEncoder;
import org.certcollect.protocol.format.ZipArchive;
import org.certcollect.store.ChangeRecord;
import org.certcollect.store.IssuedReference;
import org.certcollect.store.Order;
import org.certcollect.store.Store;
import org.certcollect.store.x509.VerifiedChain;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verbs of {@code order} that write what an order has as a file. */
public final class OrderCertificateVerbs {
  private OrderCertificateVerbs() {}

  /** The forms in which a certificate is written. */
  enum CertificateFile {
    PEM,
    CHAIN,
    ISSUERS,
    PKCS7,
    NETSCAPE,
    DER,
    ZIP;

    /** Whether it has bytes that a terminal does not show. */
    private boolean isBinary() {
      return this == DER || this == ZIP;
    }

    private byte[] of(IssuedCertificate issued) {
      List<Der> whole = issued.certificates(ChainPart.WHOLE);
      return switch (this) {
        case PEM -> pem(issued, ChainPart.END_ENTITY);
        case CHAIN -> pem(issued, ChainPart.WHOLE);
        case ISSUERS -> pem(issued, ChainPart.ISSUERS);
        case PKCS7 -> PemEncoder.block("PKCS7", CertificateSets.pkcs7(whole)).getBytes(US_ASCII);
        case NETSCAPE ->
            PemEncoder.block("CERTIFICATE", CertificateSets.netscapeSequence(whole))
                .getBytes(US_ASCII);
        case DER -> issued.endEntity().bytes();
        case ZIP -> ZipArchive.of(issued, ChainPart.WHOLE);
      };
    }

    private static byte[] pem(IssuedCertificate issued, ChainPart part) {
      return PemEncoder.certificates(issued.certificates(part)).getBytes(US_ASCII);
    }

    static final class Words implements Iterable<String>, ITypeConverter<CertificateFile> {
      @Override
      public Iterator<String> iterator() {
        return EnumWords.all(CertificateFile.class).iterator();
      }

      @Override
      public CertificateFile convert(String text) {
        return Converters.word(CertificateFile.class, text);
      }
    }
  }

  @Command(
      name = "certificate",
      description = "Write the newest certificate of an order, or another one of it.")
  public static final class OrderCertificateVerb extends StoreVerb {
    @Mixin
    private final OrderVerbs.OrderNumberParameter number = new OrderVerbs.OrderNumberParameter();

    @Mixin private final OutputFiles files = OutputFiles.ofOwner();

    @Option(
        names = "--format",
        paramLabel = "FORM",
        completionCandidates = CertificateFile.Words.class,
        converter = CertificateFile.Words.class,
        description =
            "pem (the certificate), chain (with its issuers, as PEM), issuers (these alone), pkcs7,"
                + " netscape, der (the certificate) or zip (default: pem).")
    private CertificateFile form = CertificateFile.PEM;

    @Option(
        names = "--id",
        paramLabel = "ID",
        description = "Id of the certificate, as `order show` tells it (default: the newest).")
    private Optional<Long> id = Optional.empty();

    @Option(
        names = {"-o", "--output"},
        paramLabel = "FILE",
        description = "Output file; der and zip need one (default: standard output).")
    private Optional<Path> file = Optional.empty();

    public OrderCertificateVerb(Shell shell) {
      super(shell, Stores.Use.READ);
    }

    @Override
    protected void prepare() {
      file = file.filter(name -> !Shell.isStandard(name));
      if (file.isEmpty() && (form.isBinary() || json())) {
        throw CommandException.usage(
            json() ? "--json needs -o FILE" : EnumWords.of(form) + " needs -o FILE");
      }
      files.requireFree(shell(), file.stream().toList());
    }

    @Override
    protected void run(Store store) {
      Order order = number.find(store);
      IssuedReference wanted =
          store.orders().certificates(order.number()).stream()
              .filter(each -> id.isEmpty() || id.get() == each.id())
              .findFirst()
              .orElseThrow(
                  () ->
                      CommandException.refused(
                          "order "
                              + order.number()
                              + id.map(one -> " has no certificate with the id " + one)
                                  .orElse(
                                      " has no certificate: it is "
                                          + EnumWords.of(order.state()))));
      byte[] content = form.of(issued(order, store.collects().chain(wanted)));
      store.announce(
          ChangeRecord.of(
              shell().actor(),
              "certificate.read",
              order,
              "certificate "
                  + wanted.id()
                  + " as "
                  + EnumWords.of(form)
                  + file.map(to -> " to " + to.toAbsolutePath().normalize()).orElse("")));
      if (file.isEmpty()) {
        output().text(new String(content, US_ASCII));
        return;
      }
      files.write(Map.of(file.get(), out -> out.write(content)));
      done(
          "the certificate of order " + order.number() + " is written to " + file.get(),
          new Fields()
              .add("number", order.number())
              .add("id", wanted.id())
              .add("file", file.get().toString()));
    }

    private static IssuedCertificate issued(Order order, VerifiedChain chain) {
      return new IssuedCertificate(
          order.number(),
          Der.of(chain.endEntity().der()),
          chain.endEntity().dnsName(),
          chain.endEntity().notBefore(),
          chain.issuers().stream()
              .map(ca -> new CaCertificate(Der.of(ca.der()), ca.commonName(), ca.notBefore()))
              .toList());
    }
  }
}
