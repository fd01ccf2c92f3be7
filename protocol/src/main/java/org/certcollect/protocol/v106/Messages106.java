package org.certcollect.protocol.v106;

import org.certcollect.protocol.CollectResult.Refused;

/** The texts of refusals in specification 1.06 (section 2.1 there), in ASCII. */
public final class Messages106 {
  private Messages106() {}

  public static String of(Refused refused) {
    return switch (refused.status()) {
      case NOT_HTTPS -> "Request was not made over https!";
      case UNRECOGNISED_ARGUMENT -> "Unrecognised argument!";
      case MISSING_ARGUMENT -> "The '" + argument(refused) + "' argument is missing!";
      case INVALID_ARGUMENT -> "The value of the '" + argument(refused) + "' argument is invalid!";
      case UNKNOWN_ERROR -> "An unknown error occurred!";
      case PERMISSION_DENIED -> "Permission denied!";
      case NOT_POST -> "Request used GET rather than POST!";
      case REJECTED -> "The certificate request has been rejected!";
      case REVOKED -> "The certificate has been revoked!";
      case AWAITING_PAYMENT -> "Still awaiting payment!";
      case ATTACHED, AVAILABLE, PROCESSING, PERMISSION_DENIED_CONTEXT ->
          throw new IllegalArgumentException(refused.status() + " has no text");
    };
  }

  private static String argument(Refused refused) {
    return refused.argument().orElseThrow();
  }
}
