package org.certcollect.client;

import java.net.URI;

/**
 * A failure because the answer's HTTP status is not 200, which every answer of the protocol has.
 * Redirects are not followed: a password must not go to another place than it was meant for.
 */
public final class HttpStatusException extends CollectException {
  private static final long serialVersionUID = 1;

  private final int httpStatus;

  HttpStatusException(URI url, int httpStatus) {
    super(
        url
            + " answered with the HTTP status "
            + httpStatus
            + (isTemporary(httpStatus)
                ? ": try again later"
                : ", so it is not a Collect service: check the URL"),
        isTemporary(httpStatus));
    this.httpStatus = httpStatus;
  }

  private static boolean isTemporary(int status) {
    return status >= 500 || status == 429;
  }

  /** The HTTP status, for example 404. */
  public int httpStatus() {
    return httpStatus;
  }
}
