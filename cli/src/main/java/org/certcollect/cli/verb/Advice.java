package org.certcollect.cli.verb;

import org.certcollect.admin.AdminException;
import org.certcollect.admin.CodeKeyException;
import org.certcollect.admin.FileException;
import org.certcollect.admin.InvalidInputException;
import org.certcollect.cli.config.ConfigurationException;
import org.certcollect.server.StartException;
import org.certcollect.server.tls.TokenException;
import org.certcollect.store.domain.NativeLibraryException;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.RefusedException;
import org.certcollect.store.domain.StoreUnavailableException;

/** The exit codes of failures, and the instructions that are added to their messages. */
public final class Advice {
  private static final String TEMPORARY_FOLDER =
      "name another folder with the JVM's option -Djava.io.tmpdir, for example in"
          + " CERTCOLLECT_JAVA_OPTS";

  private Advice() {}

  /** The message of a failure, followed by the advice, if there is any. */
  public static String message(Throwable problem) {
    String advice = of(problem).advice();
    return problem.getMessage() + (advice.isEmpty() ? "" : "; " + advice);
  }

  /** The exit code for a failure. */
  public static int exitCode(Throwable problem) {
    return of(problem).exitCode();
  }

  /** An exit code, and an instruction that may be empty. */
  private record Told(int exitCode, String advice) {
    Told(int exitCode) {
      this(exitCode, "");
    }
  }

  private static Told of(Throwable problem) {
    if (problem instanceof CommandException own) {
      return new Told(own.exitCode());
    }
    if (problem instanceof RefusedException refused) {
      return new Told(ExitCode.REFUSED, refused(refused));
    }
    if (problem instanceof StoreUnavailableException unavailable) {
      return new Told(ExitCode.STORE, unavailable(unavailable.reason()));
    }
    if (problem instanceof CodeKeyException key) {
      return codeKey(key.reason());
    }
    if (problem instanceof FileException file) {
      return file(file.reason());
    }
    if (problem instanceof InvalidInputException input) {
      return new Told(ExitCode.REFUSED, input(input.kind()));
    }
    if (problem instanceof NativeLibraryException) {
      return new Told(ExitCode.USAGE, TEMPORARY_FOLDER);
    }
    if (problem instanceof StartException
        && problem.getCause() instanceof TokenException token
        && token.isPinRefused()) {
      return new Told(ExitCode.PIN_REFUSED);
    }
    if (problem instanceof ConfigurationException || problem instanceof StartException) {
      return new Told(ExitCode.USAGE);
    }
    return new Told(problem instanceof AdminException ? ExitCode.REFUSED : ExitCode.FAULT);
  }

  private static String refused(RefusedException refused) {
    return switch (refused.reason()) {
      case UNKNOWN_CA_CERTIFICATE -> "`certcollect ca list` shows those that exist";
      case CA_CERTIFICATE_IN_USE -> "it must stay as long as they do";
      case UNKNOWN_ACCOUNT -> "`certcollect account list` shows those that exist";
      case ACCOUNT_EXISTS -> "choose another login; `certcollect account show` shows that account";
      case ACCOUNT_ENABLED -> "`certcollect account disable` ends its access";
      case UNKNOWN_ORDER -> "`certcollect order list` shows those that exist";
      case ORDER_EXISTS -> "leave --number out to get the next free one";
      case FORBIDDEN_TRANSITION -> {
        String number = Long.toString(refused.order().orElseThrow());
        yield refused.state().filter(OrderState.AWAITING_PAYMENT::equals).isPresent()
            ? "`certcollect order pay %s` marks it as paid, `certcollect order reject %s` rejects it"
                .formatted(number, number)
            : "`certcollect order show " + number + "` tells what happened to it";
      }
      case WRONG_KEY -> "have the certificate made from the order's own request";
      case BAD_SIGNING_REQUEST -> "`openssl req -new` makes a signing request";
      case CODE_EXISTS -> "make a new one";
      case UNKNOWN_MAIL -> "`certcollect mail list` shows those that exist";
      case UNKNOWN_PUSH -> "`certcollect push list` shows those that exist";
      case UNKNOWN_CREDENTIAL -> "`certcollect admin token list` shows those that exist";
      case CREDENTIAL_EXISTS -> "choose another name";
      case BAD_LOGIN, BAD_ORDER_NUMBER, WRONG_PRODUCT, BAD_CERTIFICATE, BAD_CREDENTIAL_NAME -> "";
    };
  }

  private static String unavailable(StoreUnavailableException.Reason reason) {
    return switch (reason) {
      case NO_STORE ->
          "run `certcollect account add` first, or `certcollect serve --init`, or name"
              + " another database with store.url";
      case OLDER_TABLES -> "`certcollect serve` brings them up to date";
      case OTHER -> "";
    };
  }

  private static String input(InvalidInputException.Kind kind) {
    return switch (kind) {
      case IMPORT_HEADER -> "see docs/import.md";
      case MAPPING -> "each line is like www.pem,1234,acme";
      case PASSWORD -> "give a longer one, or take it all the same with --allow-short";
      case REASON, REMARKS, VALIDATION, CONTACT, PUSH -> "";
    };
  }

  private static Told codeKey(CodeKeyException.Reason reason) {
    return switch (reason) {
      case TOO_SHORT -> new Told(ExitCode.USAGE, "`head -c 32 /dev/urandom` makes one");
      case MISSING ->
          new Told(
              ExitCode.STORE,
              "copy it from another server, or restore it from your backup; if it is lost for good,"
                  + " `certcollect order new-key` makes a new one");
      case OTHER_KEY ->
          new Told(
              ExitCode.STORE,
              "copy the right one from another server, or restore it from your backup; if it is"
                  + " lost for good, `certcollect order new-key` has this one used instead");
      case IN_USE -> new Told(ExitCode.REFUSED);
    };
  }

  private static Told file(FileException.Reason reason) {
    return switch (reason) {
      case NO_STORE ->
          new Told(
              ExitCode.STORE,
              "run `certcollect account add` first, or `certcollect serve --init`, or name"
                  + " another folder with --data");
      case NOT_A_FOLDER, NOT_CREATABLE ->
          new Told(ExitCode.STORE, "name another folder with --data");
      case NO_TEMPORARY_FOLDER, NO_EXECUTION -> new Told(ExitCode.USAGE, TEMPORARY_FOLDER);
      case STORE_AWAY, NOT_WRITABLE -> new Told(ExitCode.STORE);
      case NOT_READABLE -> new Told(ExitCode.USAGE);
      case OWN_FILE -> new Told(ExitCode.REFUSED);
    };
  }
}
