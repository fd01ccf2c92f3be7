package org.certcollect.cli.admin;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.certcollect.admin.ApiAccess;
import org.certcollect.admin.EnumWords;
import org.certcollect.admin.view.Fields;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.verb.CommandException;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.ApiCredential;
import org.certcollect.store.ApiCredential.Kind;
import org.certcollect.store.ApiCredential.Scope;
import org.certcollect.store.Store;
import org.certcollect.store.x509.CertificateReader;
import org.certcollect.store.x509.ParsedCertificate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verbs of {@code admin token} and {@code admin client}. */
public final class AdminVerbs {
  private AdminVerbs() {}

  static final class NameParameter {
    @Parameters(
        paramLabel = "NAME",
        description = "Name, which events show as api:NAME. A name is never given twice.")
    private String name = "";
  }

  static final class ScopeOptions {
    @Option(
        names = "--scope",
        paramLabel = "SCOPE",
        required = true,
        description =
            "Scope: read; orders, for changes of orders and CA certificates; accounts; server, for"
                + " drain. Each includes read; may be repeated.")
    private List<Scope> scopes = List.of();

    private Set<Scope> scopes() {
      return EnumSet.copyOf(scopes);
    }
  }

  /** A verb that adds a credential. */
  private abstract static class AddVerb extends StoreVerb {
    @Mixin private final NameParameter name = new NameParameter();
    @Mixin private final ScopeOptions scope = new ScopeOptions();

    AddVerb(Shell shell) {
      super(shell, Stores.Use.CHANGE);
    }

    abstract ApiAccess.Added add(ApiAccess access, String credential, Set<Scope> scopes);

    @Override
    protected final void run(Store store) {
      ApiAccess.Added added = add(access(shell(), store), name.name, scope.scopes());
      done(
          "%s is added; it expires at %s"
              .formatted(added.credential().name(), added.credential().expires()),
          fields(added.credential()),
          new Fields().addPresent("token", added.token()));
    }
  }

  @Command(
      name = "add",
      description =
          "Add a token for the admin API and print it once. The store has only its SHA-256.")
  public static final class TokenAdd extends AddVerb {
    private static final Duration MAX = Duration.ofDays(3660);

    @Option(
        names = "--expires",
        paramLabel = "TIME",
        description = "Time after which it expires, for example 30d (default: 90d).")
    private Duration validity = Duration.ofDays(90);

    public TokenAdd(Shell shell) {
      super(shell);
    }

    @Override
    protected void prepare() {
      if (validity.compareTo(MAX) > 0) {
        throw CommandException.usage("--expires must be at most 3660d");
      }
    }

    @Override
    ApiAccess.Added add(ApiAccess access, String credential, Set<Scope> scopes) {
      return access.addToken(credential, scopes, validity);
    }
  }

  @Command(
      name = "add",
      description =
          "Let the owner of a certificate use the admin API, until it expires. Whoever issued it,"
              + " the certificate itself must be shown, by TLS client authentication.")
  public static final class ClientAdd extends AddVerb {
    @Option(
        names = "--certificate",
        paramLabel = "FILE",
        required = true,
        description = "Certificate of the client in PEM or DER.")
    private Path file = Path.of("");

    private List<ParsedCertificate> certificates = List.of();

    public ClientAdd(Shell shell) {
      super(shell);
    }

    @Override
    protected void prepare() {
      certificates = CertificateReader.read(shell().read(file), Shell.name(file));
      if (certificates.size() != 1) {
        throw CommandException.usage(Shell.name(file) + " must hold one certificate");
      }
    }

    @Override
    ApiAccess.Added add(ApiAccess access, String credential, Set<Scope> scopes) {
      return access.addCertificate(credential, scopes, certificates.get(0));
    }
  }

  public static final class CredentialList extends StoreVerb {
    private final Kind kind;

    public CredentialList(Shell shell, Kind kind) {
      super(shell, Stores.Use.READ);
      this.kind = kind;
    }

    @Override
    protected void run(Store store) {
      output()
          .list(
              store.apiCredentials().list().stream()
                  .filter(credential -> credential.kind() == kind)
                  .map(AdminVerbs::fields)
                  .toList(),
              json(),
              "There are none.");
    }
  }

  @Command(name = "remove", description = "End the use of a credential with the next request.")
  public static final class CredentialRemove extends StoreVerb {
    @Mixin private final NameParameter name = new NameParameter();

    public CredentialRemove(Shell shell) {
      super(shell, Stores.Use.CHANGE);
    }

    @Override
    protected void run(Store store) {
      access(shell(), store).remove(name.name);
      done(name.name + " is removed", new Fields().add("name", name.name));
    }
  }

  private static ApiAccess access(Shell shell, Store store) {
    return new ApiAccess(store, shell.actor(), shell.clock());
  }

  private static Fields fields(ApiCredential credential) {
    return new Fields()
        .add("name", credential.name())
        .add("scopes", credential.scopes().stream().sorted().map(EnumWords::of).toList())
        .add("created", credential.created())
        .add("expires", credential.expires())
        .add("lastUsed", credential.lastUsed().map(day -> day.toString().substring(0, 10)));
  }
}
