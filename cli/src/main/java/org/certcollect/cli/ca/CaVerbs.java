package org.certcollect.cli.ca;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.certcollect.admin.view.Fields;
import org.certcollect.admin.view.RecordFields;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.verb.CommandException;
import org.certcollect.cli.verb.ConfirmedVerb;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.Store;
import org.certcollect.store.x509.Certificate;
import org.certcollect.store.x509.CertificateReader;
import org.certcollect.store.x509.Issuing;
import org.certcollect.store.x509.ParsedCertificate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

public final class CaVerbs {
  private CaVerbs() {}

  @Command(
      name = "add",
      description =
          "Store CA certificates, from which the chains of certificates issued later are"
              + " completed.")
  public static final class CaAdd extends StoreVerb {
    @Parameters(
        paramLabel = "FILE",
        arity = "1..*",
        description = "File in PEM, DER or PKCS#7; it may hold many certificates.")
    private List<Path> files = List.of();

    private Set<ParsedCertificate> certificates = Set.of();

    public CaAdd(Shell shell) {
      super(shell, Stores.Use.CREATE);
    }

    @Override
    protected void prepare() {
      certificates = new LinkedHashSet<>();
      for (Path file : files) {
        for (ParsedCertificate read :
            CertificateReader.read(shell().read(file), Shell.name(file))) {
          if (!Issuing.isCa(read)) {
            throw CommandException.refused(
                "%s: %s is not a CA certificate; nothing was added. Give only CA certificates"
                    .formatted(file, read.subject().text()));
          }
          certificates.add(read);
        }
      }
    }

    @Override
    protected void run(Store store) {
      for (ParsedCertificate read : certificates) {
        Certificate certificate = read.stored();
        boolean isNew = store.caCertificates().add(certificate, shell().actor());
        done(
            "%s %s".formatted(read.subject().text(), isNew ? "is added" : "is stored already"),
            RecordFields.of(certificate).add("new", isNew));
      }
    }
  }

  @Command(name = "remove", description = "Remove a CA certificate that no order's chain has.")
  public static final class CaRemove extends ConfirmedVerb {
    @Parameters(
        paramLabel = "SHA256",
        description = "SHA-256 in hexadecimal, as `${ROOT-COMMAND-NAME} ca list` prints it.")
    private String sha256 = "";

    public CaRemove(Shell shell) {
      super(shell, Stores.Use.CHANGE);
    }

    @Override
    protected String question(Store store) {
      return "Remove the CA certificate " + sha256 + "? Chains are no longer completed from it.";
    }

    @Override
    protected Change change(Store store) {
      String fingerprint = sha256.replace(":", "").toLowerCase(Locale.ROOT);
      store.caCertificates().remove(fingerprint, shell().actor());
      return new Change(
          "CA certificate " + fingerprint + " is removed", new Fields().add("sha256", fingerprint));
    }
  }

  @Command(name = "list", description = "List the CA certificates that chains are completed from.")
  public static final class CaList extends StoreVerb {
    public CaList(Shell shell) {
      super(shell, Stores.Use.READ);
    }

    @Override
    protected void run(Store store) {
      output()
          .list(
              store.caCertificates().list().stream().map(RecordFields::of).toList(),
              json(),
              "There are no CA certificates.");
    }
  }
}
