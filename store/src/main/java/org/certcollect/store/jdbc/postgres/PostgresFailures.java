package org.certcollect.store.jdbc.postgres;

import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Optional;
import java.util.Set;
import org.certcollect.store.jdbc.DatabaseFailures;
import org.postgresql.util.PSQLException;

/**
 * The meaning of PostgreSQL's errors, by their SQLSTATE
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
final class PostgresFailures implements DatabaseFailures {
  private static final String READ_ONLY = "25006";
  private static final String QUERY_CANCELED = "57014";
  private static final String COMPLETION_UNKNOWN = "40003";

  /** The server refused the connection, or does not speak as it should: 08004 and 08P01. */
  private static final Set<String> REFUSALS = Set.of("08004", "08P01");

  /** Whether two changes collided: serialization_failure and deadlock_detected. */
  private static final Set<String> COLLISIONS = Set.of("40001", "40P01");

  /** Whether the server is unreachable, stopping, starting or full, which are temporary causes. */
  static boolean isOutage(SQLException error) {
    return switch (kind(error)) {
      case "08", "53" -> true;
      case "57" -> !state(error).equals(QUERY_CANCELED);
      default -> isOnStandby(error);
    };
  }

  /**
   * Whether the server is not there yet: it is unreachable, starting, stopping, full, or too slow
   * as it has just come back. A server that refuses the connection, or that shows a certificate
   * that is not trusted, is there.
   */
  static boolean isAbsence(SQLException error) {
    return switch (kind(error)) {
      // Errors of our own: no connection, or no end of a change in time.
      case "" -> error instanceof SQLTransientException;
      case "57" -> true;
      case "08" -> !REFUSALS.contains(state(error)) && badCertificate(error).isEmpty();
      default -> isOutage(error) && !isOnStandby(error);
    };
  }

  /** Whether the connection leads to a server that is no longer the primary. */
  static boolean isOnStandby(SQLException error) {
    return state(error).equals(READ_ONLY);
  }

  /** Whether the key of an inserted row exists already: unique_violation. */
  static boolean isTaken(SQLException error) {
    return state(error).equals("23505");
  }

  /** Whether a lock was not given within lock_timeout: lock_not_available. */
  static boolean isLocked(SQLException error) {
    return state(error).equals("55P03");
  }

  @Override
  public boolean mayRepeat(SQLException error) {
    return COLLISIONS.contains(state(error)) || isOutage(error) || isCertificateKeyTaken(error);
  }

  /**
   * Whether a new certificate got a key from the sequence that an import gave to another one at the
   * same time. The next key from the sequence is another.
   */
  private static boolean isCertificateKeyTaken(SQLException error) {
    return isTaken(error)
        && error instanceof PSQLException reported
        && reported.getServerErrorMessage() != null
        && "certificate_pkey".equals(reported.getServerErrorMessage().getConstraint());
  }

  /** True unless the server reported that the commit was not made. */
  @Override
  public boolean leavesDoubt(SQLException error) {
    return switch (kind(error)) {
      case "", "08", "57" -> true;
      default -> state(error).equals(COMPLETION_UNKNOWN);
    };
  }

  @Override
  public String advice(SQLException error) {
    return switch (kind(error)) {
      // Errors of the pool itself: no connection in time, or the pool is closed.
      case "" -> "it did not answer in time";
      case "08" ->
          badCertificate(error)
              .orElse("it cannot be reached, or the connection broke: check whether it runs");
      case "25" -> isOnStandby(error) ? "it is a standby, and may not be written" : "";
      case "28" -> "it refuses this user: see user, password and pg_hba.conf";
      case "3D" -> "it does not exist: create it";
      case "40" -> "too many changes collided there: try again";
      case "26", "42" -> statement(error);
      case "53" -> "it has run out of disk, memory or connections";
      case "55" ->
          "something holds a lock there for too long, for example pg_dump or a transaction that was"
              + " left open: end it and try again";
      case "57" ->
          state(error).equals(QUERY_CANCELED)
              ? "it did not answer in time"
              : "it is starting, stopping, or ended the connection";
      case "58", "XX" -> "it reports an error of its files: see its log";
      default -> "";
    };
  }

  private static Optional<String> badCertificate(SQLException error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return Optional.of("its certificate is not trusted: see sslrootcert");
      }
      // The driver has no code for this error, and its texts are in many languages.
      if (String.valueOf(cause.getMessage()).contains("HostnameVerifier")) {
        return Optional.of(
            "its certificate is for another host: name it in the URL as the certificate does");
      }
    }
    return Optional.empty();
  }

  private static String statement(SQLException error) {
    return switch (state(error)) {
      case "42501" -> "this user does not have the privileges that it needs: grant them";
      // Invalid and duplicate statement names: PostgreSQL itself gives each session its own.
      case "26000", "42P05" ->
          "a connection pooler mixes up the prepared statements of its clients: let it pool"
              + " sessions, or set prepareThreshold=0 in the URL";
      default -> "";
    };
  }

  private static String kind(SQLException error) {
    return state(error).isEmpty() ? "" : state(error).substring(0, 2);
  }

  private static String state(SQLException error) {
    String state = error.getSQLState();
    return state == null ? "" : state;
  }
}
