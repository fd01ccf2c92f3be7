package org.certcollect.cli.order;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.certcollect.admin.OrderAdministration;
import org.certcollect.admin.view.Fields;
import org.certcollect.admin.view.RecordFields;
import org.certcollect.cli.config.Stores;
import org.certcollect.cli.verb.CommandException;
import org.certcollect.cli.verb.ConfirmedVerb;
import org.certcollect.cli.verb.Converters;
import org.certcollect.cli.verb.Shell;
import org.certcollect.cli.verb.StoreVerb;
import org.certcollect.store.Order;
import org.certcollect.store.Store;
import org.certcollect.store.domain.OrderValidation;
import org.certcollect.store.domain.OrderValidation.ProductTerm;
import org.certcollect.store.domain.OrderValidation.StepProgress;
import org.certcollect.store.domain.OrderValidation.ValidatedDomain;
import org.certcollect.store.domain.OrderValidation.ValidationState;
import org.certcollect.store.domain.OrderValidation.ValidationStep;
import org.certcollect.store.domain.SigningRequest;
import org.certcollect.store.x509.SigningRequestReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verbs of {@code order} that name one order and do one thing to it. */
public final class OrderVerbs {
  private OrderVerbs() {}

  @Command(
      name = "show",
      description =
          "Show an order, its certificates (the first is the one served) and its history.")
  public static final class OrderShowVerb extends StoreVerb {
    @Mixin private final OrderNumberParameter number = new OrderNumberParameter();

    public OrderShowVerb(Shell shell) {
      super(shell, Stores.Use.READ);
    }

    @Override
    protected void run(Store store) {
      Order order = number.find(store);
      output().record(RecordFields.whole(store, order, RecordFields::of), json());
    }
  }

  @Command(
      name = "reissue",
      description = {
        "Begin a reissue of an issued order, which `${ROOT-COMMAND-NAME} order issue` ends.",
        "Until then the order is answered as being processed. The present certificate is still"
            + " found by its id."
      })
  public static final class OrderReissueVerb extends StoreVerb {
    @Mixin private final OrderNumberParameter number = new OrderNumberParameter();

    @Option(
        names = "--csr",
        paramLabel = "FILE",
        description =
            "PKCS#10 request for the next certificate in PEM or DER (default: the order's own).")
    private Optional<Path> csr = Optional.empty();

    @Option(names = "--cancel", description = "Give up the reissue that is under way.")
    private boolean cancel;

    private Optional<SigningRequest> request = Optional.empty();

    public OrderReissueVerb(Shell shell) {
      super(shell, Stores.Use.CHANGE);
    }

    @Override
    protected void prepare() {
      if (cancel && csr.isPresent()) {
        throw CommandException.usage("--csr and --cancel: choose one");
      }
      request = csr.map(file -> SigningRequestReader.read(shell().read(file), Shell.name(file)));
    }

    @Override
    protected void run(Store store) {
      OrderAdministration orders = shell().orders(store);
      Order order =
          cancel ? orders.cancelReissue(number.number()) : orders.reissue(number.number(), request);
      done(
          cancel
              ? "the reissue of order " + order.number() + " is given up"
              : "order " + order.number() + " is being reissued",
          RecordFields.of(order));
    }
  }

  @Command(
      name = "validation",
      description = {
        "Set details of an order's validation, which clients of the dialect 1.22 can ask for.",
        "Issuing a certificate completes the validation."
      })
  public static final class OrderValidationVerb extends StoreVerb {
    @Mixin private final OrderNumberParameter number = new OrderNumberParameter();

    @Option(
        names = "--status",
        paramLabel = "STATUS",
        completionCandidates = Converters.ValidationWords.class,
        description = "Status of the whole validation: ${COMPLETION-CANDIDATES}.")
    private Optional<ValidationState> status = Optional.empty();

    @Option(
        names = "--step",
        paramLabel = "STEP=PROGRESS",
        description =
            "Progress of csr, dcv, ov-callback, organization, free-dvup, ev-click-through, brand or"
                + " caa: not-required, not-completed, in-progress or completed; may be repeated.")
    private Map<ValidationStep, StepProgress> steps = Map.of();

    @Option(
        names = "--domain",
        paramLabel = "NAME=PROGRESS",
        description = "Progress of a name of a multi-domain order; may be repeated.")
    private Map<String, StepProgress> domains = Map.of();

    @Option(
        names = "--term",
        paramLabel = "START/END",
        description = "Days, in UTC, for which the product is paid, such as 2026-05-14/2031-05-13.")
    private Optional<String> term = Optional.empty();

    @Option(names = "--clear", description = "First forget all that was set before.")
    private boolean clear;

    private OrderValidation details = OrderValidation.NONE;

    public OrderValidationVerb(Shell shell) {
      super(shell, Stores.Use.CHANGE);
    }

    @Override
    protected void prepare() {
      List<ValidatedDomain> named = new ArrayList<>();
      domains.forEach((name, progress) -> named.add(domain(name, progress)));
      if (named.size() > OrderValidation.MAX_DOMAINS) {
        throw CommandException.usage(
            "--domain may be given " + OrderValidation.MAX_DOMAINS + " times");
      }
      details = new OrderValidation(status, steps, named, term.map(OrderValidationVerb::term));
      if (!clear && details.equals(OrderValidation.NONE)) {
        throw CommandException.usage("give --status, --step, --domain, --term or --clear");
      }
    }

    private static ValidatedDomain domain(String name, StepProgress progress) {
      if (!OrderValidation.isDomain(name)) {
        throw CommandException.usage(
            "'" + name + "' is not a domain name: write other letters than those of ASCII as xn--");
      }
      if (progress == StepProgress.NOT_REQUIRED) {
        throw CommandException.usage(
            "the check of a domain is always required: give another progress for " + name);
      }
      return new ValidatedDomain(name, progress);
    }

    private static ProductTerm term(String text) {
      try {
        String[] days = text.split("/", -1);
        if (days.length == 2) {
          LocalDate after = LocalDate.parse(days[1]).plusDays(1);
          return new ProductTerm(
              LocalDate.parse(days[0]).atStartOfDay(ZoneOffset.UTC).toInstant(),
              after.atStartOfDay(ZoneOffset.UTC).toInstant().minusSeconds(1));
        }
      } catch (DateTimeException | IllegalArgumentException e) {
        // The exception below says what it should have been.
      }
      throw CommandException.usage(
          "'" + text + "' is not two days in order, such as 2026-05-14/2031-05-13");
    }

    @Override
    protected void run(Store store) {
      Order order = shell().orders(store).setValidation(number.number(), details, clear);
      done(
          "the validation of order "
              + order.number()
              + (details.equals(OrderValidation.NONE) ? " is cleared" : " is set"),
          RecordFields.of(order).and(RecordFields.validation(store, order)));
    }
  }

  @Command(name = "pay", description = "Move an order from awaiting payment to processing.")
  public static final class OrderPayVerb extends StoreVerb {
    @Mixin private final OrderNumberParameter number = new OrderNumberParameter();

    public OrderPayVerb(Shell shell) {
      super(shell, Stores.Use.CHANGE);
    }

    @Override
    protected void run(Store store) {
      Order order = store.orders().pay(number.number(), shell().actor());
      done("order " + order.number() + " is being processed", RecordFields.of(order));
    }
  }

  public static final class OrderEndVerb extends ConfirmedVerb {
    private final boolean revoke;
    @Mixin private final OrderNumberParameter number = new OrderNumberParameter();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Reason, kept with the order.")
    private Optional<String> reason = Optional.empty();

    public OrderEndVerb(Shell shell, boolean revoke) {
      super(shell, Stores.Use.CHANGE);
      this.revoke = revoke;
    }

    @Override
    protected String question(Store store) {
      return "%s order %s of account %s? Its clients are told with their next request, and it cannot be undone."
          .formatted(
              revoke ? "Revoke" : "Reject",
              Long.toString(number.number()),
              number.find(store).account());
    }

    @Override
    protected Change change(Store store) {
      Order order =
          revoke
              ? shell().orders(store).revoke(number.number(), reason)
              : shell().orders(store).reject(number.number(), reason);
      return new Change(
          "order " + order.number() + (revoke ? " is revoked" : " is rejected"),
          RecordFields.of(order));
    }
  }

  @Command(
      name = "code",
      description =
          "Give an order for a client certificate a new collection code and print it once. The old"
              + " code becomes invalid.")
  public static final class OrderCodeVerb extends StoreVerb {
    @Mixin private final OrderNumberParameter order = new OrderNumberParameter();

    public OrderCodeVerb(Shell shell) {
      super(shell, Stores.Use.CHANGE);
    }

    @Override
    protected void run(Store store) {
      OrderAdministration.Changed made = shell().orders(store).changeCode(order.number());
      Order changed = made.order();
      done(
          "order " + changed.number() + " has a new collection code",
          RecordFields.of(changed),
          new Fields().addPresent("code", made.code()));
    }
  }

  @Command(
      name = "new-key",
      description = {
        "Replace the key of the collection codes if it is lost for good.",
        "If there is a key file, the store takes the key in it; otherwise a new key is made."
            + " Codes made with another key become invalid; `${ROOT-COMMAND-NAME} order code` makes"
            + " new ones.",
        "Copy the key file to every server, and restart the servers. They use the old key until"
            + " then."
      })
  public static final class OrderNewKeyVerb extends ConfirmedVerb {
    public OrderNewKeyVerb(Shell shell) {
      super(shell, Stores.Use.CHANGE);
    }

    @Override
    protected String question(Store store) {
      return "Replace the key of the collection codes? Codes that were made with another key become"
          + " invalid, and it cannot be undone.";
    }

    @Override
    protected Change rehearse(Store store) {
      return changed(shell().keyOfCodes(store).tryReplace());
    }

    @Override
    protected Change change(Store store) {
      return changed(shell().keyOfCodes(store).replace(shell().actor()));
    }

    private static Change changed(Path key) {
      return new Change(
          "%s is now the key of this store's collection codes: copy it to each server and restart the"
                  .formatted(key)
              + " servers, which use the old one until then; codes made with another key are"
              + " invalid",
          new Fields().add("key", key.toString()));
    }
  }

  static final class OrderNumberParameter {
    @Parameters(paramLabel = "N", description = "Number of the order.")
    private long number;

    long number() {
      return number;
    }

    Order find(Store store) {
      return store.orders().require(number);
    }
  }
}
