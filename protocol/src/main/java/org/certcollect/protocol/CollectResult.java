package org.certcollect.protocol;

import java.time.Instant;
import java.util.Optional;

/** The outcome of a request. */
public sealed interface CollectResult {
  /** The code that the answer tells. */
  StatusCode status();

  /** The validity period of the end entity's certificate; empty if none is issued. */
  default Optional<Period> period() {
    return Optional.empty();
  }

  /** The details that the answer can tell; empty if the request's layout tells none of them. */
  default Optional<OrderDetails> details() {
    return Optional.empty();
  }

  /** A period of time, both ends included. */
  record Period(Instant notBefore, Instant notAfter) {}

  /** An order that is issued, with its certificates in the form that was asked for. */
  record Attached(Period validity, EncodedCertificates certificates, Optional<OrderDetails> details)
      implements CollectResult {
    public Attached(Period validity, EncodedCertificates certificates) {
      this(validity, certificates, Optional.empty());
    }

    @Override
    public StatusCode status() {
      return StatusCode.ATTACHED;
    }

    @Override
    public Optional<Period> period() {
      return Optional.of(validity);
    }
  }

  /** An order that is issued, and whose certificates were not asked for. */
  record Available(Period validity, Optional<OrderDetails> details) implements CollectResult {
    public Available(Period validity) {
      this(validity, Optional.empty());
    }

    @Override
    public StatusCode status() {
      return StatusCode.AVAILABLE;
    }

    @Override
    public Optional<Period> period() {
      return Optional.of(validity);
    }
  }

  /**
   * An order that is being processed.
   *
   * @param heldSince since when its certificates are withheld, if they are and the claim is a code
   */
  record Processing(Optional<OrderDetails> details, Optional<Instant> heldSince)
      implements CollectResult {
    public Processing() {
      this(Optional.empty());
    }

    public Processing(Optional<OrderDetails> details) {
      this(details, Optional.empty());
    }

    @Override
    public StatusCode status() {
      return StatusCode.PROCESSING;
    }
  }

  /**
   * A refusal, for the first check that failed. Its {@code toString} does not show the name of an
   * unrecognised argument: it may be a misplaced password.
   *
   * @param status a negative one
   * @param argument the name of the argument to blame, if it is an argument's fault; of an
   *     unrecognised one the name that was sent, which a layout must encode
   * @param revoked when the certificate was revoked, if it was, the claim is a code and the time is
   *     known
   */
  record Refused(StatusCode status, Optional<String> argument, Optional<Instant> revoked)
      implements CollectResult {
    public Refused {
      if (status.code() >= 0) {
        throw new IllegalArgumentException(status + " is not a refusal");
      }
    }

    public Refused(StatusCode status, Optional<String> argument) {
      this(status, argument, Optional.empty());
    }

    /** A refusal for which no argument is to blame. */
    public static Refused of(StatusCode status) {
      return new Refused(status, Optional.empty());
    }

    /** A refusal that names the argument to blame. */
    public static Refused of(StatusCode status, String argument) {
      return new Refused(status, Optional.of(argument));
    }

    @Override
    public String toString() {
      return status == StatusCode.UNRECOGNISED_ARGUMENT
          ? "Refused[" + status + "]"
          : "Refused[" + status + argument.map(name -> ", " + name).orElse("") + "]";
    }
  }
}
