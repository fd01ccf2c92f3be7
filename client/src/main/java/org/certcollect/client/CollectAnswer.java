package org.certcollect.client;

import java.util.Optional;
import org.certcollect.protocol.StatusCode;

/**
 * The answer of a server that was reached and speaks the protocol.
 *
 * @param <C> the type of the certificates that were asked for
 */
public sealed interface CollectAnswer<C> {
  /** The code in the answer: 2, 1, 0 or negative (docs/protocol.md, section 3). */
  int code();

  /** The details that the answer tells beside its status. */
  AnswerDetails details();

  /** The certificates; empty unless this is {@link Attached}. */
  default Optional<C> certificates() {
    return Optional.empty();
  }

  /**
   * The certificates, for callers to whom every other answer is a failure.
   *
   * @throws NotAttachedException with the code of every other answer
   */
  default C orElseThrow() throws NotAttachedException {
    return certificates().orElseThrow(() -> new NotAttachedException(this));
  }

  /** An order that is issued, with its certificates. */
  record Attached<C>(C content, AnswerDetails details) implements CollectAnswer<C> {
    @Override
    public int code() {
      return StatusCode.ATTACHED.code();
    }

    @Override
    public Optional<C> certificates() {
      return Optional.of(content);
    }
  }

  /** An order that is issued, in the answer to {@link CollectQuery#statusOnly}. */
  record Available<C>(AnswerDetails details) implements CollectAnswer<C> {
    @Override
    public int code() {
      return StatusCode.AVAILABLE.code();
    }
  }

  /**
   * An order that is being processed. Ask again later, or let {@link CollectClient#await} do it.
   */
  record Processing<C>(AnswerDetails details) implements CollectAnswer<C> {
    @Override
    public int code() {
      return StatusCode.PROCESSING.code();
    }
  }

  /**
   * A refusal.
   *
   * <ul>
   *   <li>-4: no such order or code, or of another account or product
   *   <li>-14: a failure of the server; try again later
   *   <li>-16: wrong login or password, or an account without the right to the product
   *   <li>-20, -21, -22: the order is rejected, is revoked, or awaits payment
   * </ul>
   *
   * @param code negative, one of these or another
   * @param message the server's text for people; at most 300 characters of printable ASCII, in
   *     which the secrets of the request are masked
   */
  record Refused<C>(int code, String message, AnswerDetails details) implements CollectAnswer<C> {
    /** The meaning of the code; empty for an unknown one. */
    public Optional<StatusCode> status() {
      return AnswerReader.status(code);
    }
  }
}
