package org.certcollect.client;

import java.util.Optional;
import org.certcollect.client.CollectAnswer.Processing;
import org.certcollect.client.CollectAnswer.Refused;
import org.certcollect.protocol.StatusCode;

/** A failure because an answer has no certificates. */
public final class NotAttachedException extends CollectException {
  private static final long serialVersionUID = 1;

  private final int code;
  private final String text;

  NotAttachedException(CollectAnswer<?> answer) {
    super(
        message(answer),
        answer.code() == StatusCode.PROCESSING.code()
            || answer.code() == StatusCode.UNKNOWN_ERROR.code());
    code = answer.code();
    text = textOf(answer);
  }

  private static String message(CollectAnswer<?> answer) {
    if (answer instanceof Refused) {
      return "the server refuses the request with " + answer.code() + ": " + textOf(answer);
    }
    return answer instanceof Processing
        ? "the order is being processed: try again later"
        : "the answer tells only that the certificate is issued: ask for more than the status";
  }

  private static String textOf(CollectAnswer<?> answer) {
    return answer instanceof Refused<?> refused ? refused.message() : "";
  }

  /** The code in the answer: 1, 0 or negative. */
  public int code() {
    return code;
  }

  /** The meaning of the code; empty for an unknown one. */
  public Optional<StatusCode> status() {
    return AnswerReader.status(code);
  }

  /** The server's text for people; empty unless the code is negative. */
  public String text() {
    return text;
  }
}
