package org.certcollect.cli.collect;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.certcollect.admin.view.Fields;
import org.certcollect.cli.verb.CommandException;
import org.certcollect.cli.verb.Converters;
import org.certcollect.cli.verb.Shell;
import org.certcollect.client.AccountLogin;
import org.certcollect.client.CertificateChain;
import org.certcollect.client.CollectQuery;
import org.certcollect.store.domain.Product;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that name an order and prove the right to it. */
final class ClaimOptions {
  @Parameters(arity = "0..1", paramLabel = "ORDER", description = "Number of the order.")
  private Optional<Long> order = Optional.empty();

  @Option(
      names = "--certificate-id",
      paramLabel = "ID",
      description =
          "Id of one certificate, which may be a replaced one, instead of the order. Only servers"
              + " of the later dialect know it.")
  private Optional<Long> certificateId = Optional.empty();

  @Option(names = "--login", paramLabel = "LOGIN", description = "Login of the order's account.")
  private Optional<String> login = Optional.empty();

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "File with the password of the account; - is standard input.")
  private Optional<Path> passwordFile = Optional.empty();

  @Option(
      names = "--product",
      completionCandidates = Converters.ProductWords.class,
      paramLabel = "ssl|ccc",
      description =
          "Product: ssl for a server certificate, ccc for a client certificate"
              + " (default: ssl).")
  private Optional<Product> product = Optional.empty();

  @Option(
      names = "--code",
      paramLabel = "CODE",
      description =
          "Collection code, instead of order and login. Other users of this machine can"
              + " see it: --code-file is safer.")
  private Optional<String> code = Optional.empty();

  @Option(
      names = "--code-file",
      paramLabel = "FILE",
      description = "File with the collection code; - is standard input.")
  private Optional<Path> codeFile = Optional.empty();

  /** The request for the whole chain. */
  CollectQuery<CertificateChain> query(Shell shell) {
    long claims =
        Stream.of(order, certificateId, code, codeFile).filter(Optional::isPresent).count();
    if (claims == 0) {
      throw CommandException.usage(
          "nothing says what to collect: give the number of an order, or a collection code with"
              + " --code-file or --code");
    }
    if (claims > 1) {
      throw CommandException.usage(
          "ORDER, --certificate-id, --code and --code-file exclude each other: give one of them");
    }
    if (product.isPresent() && order.isEmpty()) {
      throw CommandException.usage(
          "--product belongs to the number of an order, and none is given: leave it out");
    }
    Optional<String> given = code.or(() -> codeFile.map(file -> firstLine(shell, file)));
    if (given.isEmpty()) {
      return byLogin(shell);
    }
    if (login.isPresent() || passwordFile.isPresent()) {
      throw CommandException.usage(
          "a collection code needs no login: leave --login and --password-file out");
    }
    return checked(() -> CollectQuery.clientCertificate(given.get().strip()));
  }

  private CollectQuery<CertificateChain> byLogin(Shell shell) {
    if (login.isEmpty() || passwordFile.isEmpty()) {
      throw CommandException.usage(
          "an order is collected with --login LOGIN and --password-file FILE, which may be - for"
              + " standard input");
    }
    String password = firstLine(shell, passwordFile.get());
    return checked(
        () -> {
          AccountLogin account = AccountLogin.of(login.get(), password);
          if (certificateId.isPresent()) {
            return CollectQuery.serverCertificateById(account, certificateId.get());
          }
          return product.equals(Optional.of(Product.CCC))
              ? CollectQuery.clientCertificate(account, order.orElseThrow())
              : CollectQuery.serverCertificate(account, order.orElseThrow());
        });
  }

  private static CollectQuery<CertificateChain> checked(Making making) {
    try {
      return making.make();
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(e.getMessage() + ": check it");
    }
  }

  /** The text of a file without the newline at its end. */
  private static String firstLine(Shell shell, Path file) {
    return shell.text(file).replaceFirst("\r?\n\\z", "");
  }

  boolean isByOrder() {
    return order.isPresent();
  }

  /** The number of the order or of the certificate; empty for a code. */
  Optional<Long> number() {
    return order.or(() -> certificateId);
  }

  /** The fields that name it in a record. */
  Fields fields() {
    Fields fields = new Fields();
    order.ifPresent(number -> fields.add("order", number));
    certificateId.ifPresent(id -> fields.add("certificateId", id));
    return fields;
  }

  /** The order in messages. */
  String name() {
    return order
        .map(number -> "order " + number)
        .or(() -> certificateId.map(id -> "certificate " + id))
        .orElse("the order of the code");
  }

  private interface Making {
    CollectQuery<CertificateChain> make();
  }
}
