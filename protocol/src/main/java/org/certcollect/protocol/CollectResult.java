package org.certcollect.protocol;

import java.util.Optional;

/** What a request comes to. */
public sealed interface CollectResult {
  /** The code on the first line. */
  StatusCode status();

  /** The period of the end entity's certificate, where one is issued. */
  default Optional<Validity> validity() {
    return Optional.empty();
  }

  /** The certificates, as they were asked for. */
  record Attached(Validity period, EncodedCertificates certificates) implements CollectResult {
    @Override
    public StatusCode status() {
      return StatusCode.ATTACHED;
    }

    @Override
    public Optional<Validity> validity() {
      return Optional.of(period);
    }
  }

  /** The certificates can be collected. */
  record Available(Validity period) implements CollectResult {
    @Override
    public StatusCode status() {
      return StatusCode.AVAILABLE;
    }

    @Override
    public Optional<Validity> validity() {
      return Optional.of(period);
    }
  }

  /** The order is being processed. */
  record Processing() implements CollectResult {
    @Override
    public StatusCode status() {
      return StatusCode.PROCESSING;
    }
  }

  /**
   * Nothing is handed out.
   *
   * @param status a negative one
   * @param argument the argument to blame, where the status names one
   */
  record Refused(StatusCode status, Optional<String> argument) implements CollectResult, Reading {
    public Refused {
      if (status.code() >= 0) {
        throw new IllegalArgumentException(status + " is no refusal");
      }
    }

    /** A refusal that blames no argument. */
    public static Refused of(StatusCode status) {
      return new Refused(status, Optional.empty());
    }

    /** A refusal that names the argument to blame. */
    public static Refused of(StatusCode status, String argument) {
      return new Refused(status, Optional.of(argument));
    }
  }
}
