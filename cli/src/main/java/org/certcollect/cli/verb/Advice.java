package org.certcollect.cli.verb;

import org.certcollect.admin.CodeKeyException;
import org.certcollect.admin.FileException;
import org.certcollect.admin.InvalidInputException;
import org.certcollect.store.domain.NativeLibraryException;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.RefusedException;
import org.certcollect.store.domain.StoreUnavailableException;

/** The instructions that the command line adds to the messages of failures. */
public final class Advice {
  private static final String TEMPORARY_FOLDER =
      "name another folder with the JVM's option -Djava.io.tmpdir, for example in"
          + " CERTCOLLECT_JAVA_OPTS";

  private Advice() {}

  /** The message of a failure, followed by the advice, if there is any. */
  public static String message(Throwable problem) {
    String advice = of(problem);
    return problem.getMessage() + (advice.isEmpty() ? "" : "; " + advice);
  }

  private static String of(Throwable problem) {
    if (problem instanceof RefusedException refused) {
      return refused(refused);
    }
    if (problem instanceof StoreUnavailableException unavailable) {
      return unavailable(unavailable.reason());
    }
    if (problem instanceof CodeKeyException key) {
      return codeKey(key.reason());
    }
    if (problem instanceof FileException file) {
      return file(file.reason());
    }
    if (problem instanceof NativeLibraryException) {
      return TEMPORARY_FOLDER;
    }
    return problem instanceof InvalidInputException input ? input(input.kind()) : "";
  }

  private static String refused(RefusedException refused) {
    return switch (refused.reason()) {
      case UNKNOWN_ACCOUNT -> "`certcollect account list` shows those that exist";
      case ACCOUNT_EXISTS -> "`certcollect account password` gives it another password";
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
      case BAD_SIGNING_REQUEST -> "`openssl req -new` makes one";
      case CODE_EXISTS -> "make a new one";
      case BAD_LOGIN, BAD_ORDER_NUMBER, WRONG_PRODUCT, BAD_CERTIFICATE -> "";
    };
  }

  private static String unavailable(StoreUnavailableException.Reason reason) {
    return switch (reason) {
      case NO_STORE ->
          "run `certcollect account add` first, or name another database with store.url";
      case OLDER_TABLES -> "`certcollect serve` brings them up to date";
      case OTHER -> "";
    };
  }

  private static String input(InvalidInputException.Kind kind) {
    return switch (kind) {
      case IMPORT_HEADER -> "see docs/import.md";
      case REASON, VALIDATION -> "";
    };
  }

  private static String codeKey(CodeKeyException.Reason reason) {
    return switch (reason) {
      case TOO_SHORT -> "`head -c 32 /dev/urandom` makes one";
      case MISSING ->
          "copy it from another server, or restore it from your backup; if it is lost for good,"
              + " `certcollect order new-key` makes a new one";
      case OTHER_KEY ->
          "copy the right one from another server, or restore it from your backup; if it is lost"
              + " for good, `certcollect order new-key` has this one used instead";
      case IN_USE -> "";
    };
  }

  private static String file(FileException.Reason reason) {
    return switch (reason) {
      case NO_STORE -> "run `certcollect account add` first, or name another folder with --data";
      case NOT_A_FOLDER, NOT_CREATABLE -> "name another folder with --data";
      case NO_TEMPORARY_FOLDER, NO_EXECUTION -> TEMPORARY_FOLDER;
      case STORE_AWAY, NOT_READABLE, NOT_WRITABLE, OWN_FILE -> "";
    };
  }
}
