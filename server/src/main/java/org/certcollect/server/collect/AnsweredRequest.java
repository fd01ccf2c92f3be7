package org.certcollect.server.collect;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.protocol.CertificateForm;
import org.certcollect.protocol.StatusCode;
import org.certcollect.server.auth.RefusalReason;
import org.certcollect.server.auth.RequestSource;

/**
 * A request to an endpoint that has its answer. It holds no password and no collection code.
 *
 * @param id tells the request from all others, those of other processes included
 * @param endpoint the title of the endpoint, or {@link #PAGE}
 * @param kept whether the connection had a request before
 * @param login the login as it was sent, at most 64 characters of any kind; empty if the request
 *     has none that can be read. If no account has it, it may be a password in the wrong place
 * @param account id of the account that has the login; empty if none has, or nothing was looked up
 * @param order number of the order, as it was found or else as it was asked for
 * @param form the form of the certificates that were asked for
 * @param argument the name of the argument that made the request invalid, as the dialect writes it;
 *     in parentheses if no dialect has it, for then it may be a part of a password
 * @param reason present exactly if the status is negative
 * @param failure the internal error, if one made the answer
 * @param times the time that each step took, for those that the request has come to
 * @param total the time from the complete request to its answer
 */
public record AnsweredRequest(
    String id,
    String endpoint,
    RequestSource source,
    boolean kept,
    Optional<String> login,
    OptionalLong account,
    OptionalLong order,
    Optional<CertificateForm> form,
    StatusCode status,
    Optional<String> argument,
    Optional<RefusalReason> reason,
    Optional<Throwable> failure,
    Map<RequestStep, Duration> times,
    Duration total) {
  /** The word that stands for the endpoint in requests to the page for people. */
  public static final String PAGE = "page";
}
