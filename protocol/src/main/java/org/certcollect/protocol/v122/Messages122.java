package org.certcollect.protocol.v122;

import org.certcollect.protocol.CollectResult.Refused;
import org.certcollect.protocol.v106.Messages106;

/** The texts of refusals: those of specification 1.06 but for three, in printable ASCII. */
final class Messages122 {
  private static final int MAX_NAME_LENGTH = 128;

  private Messages122() {}

  static String of(Refused refused) {
    return switch (refused.status()) {
      case UNRECOGNISED_ARGUMENT ->
          "'" + printable(refused.argument().orElse("")) + "' is an unrecognised argument!";
      case PERMISSION_DENIED ->
          "Incorrect login details, account is locked, password has expired or your source IP is"
              + " blocked.";
      case PERMISSION_DENIED_CONTEXT -> "Permission denied Context";
      default -> Messages106.of(refused);
    };
  }

  /** A name as it was sent, but for its length and for what is not printable ASCII. */
  private static String printable(String name) {
    String start = name.substring(0, Math.min(name.length(), MAX_NAME_LENGTH));
    return start.replaceAll("[^ -~]", "?");
  }
}
