package org.certcollect.client;

/** A failure because an answer with the HTTP status 200 cannot be used. */
public final class InvalidAnswerException extends CollectException {
  private static final long serialVersionUID = 1;

  /** The kinds of invalid answers, each with its sentence. */
  public enum Kind {
    /** The answer, or an archive in it, has more bytes than the client takes. */
    TOO_LARGE("the answer is larger than the client takes: check the URL"),
    /** The answer does not begin with a status of the protocol. */
    NOT_THE_PROTOCOL("the answer is not one of the Collect protocol: check the URL"),
    /** The answer has certificates that are incomplete or damaged. */
    BAD_CERTIFICATES("the certificates in the answer are incomplete or damaged: try again"),
    /** The answer has something else than the certificates in the form that was asked for. */
    NOT_AS_ASKED(
        "the answer does not have the certificates in the form that was asked for: ask for another"
            + " form");

    private final String sentence;

    Kind(String sentence) {
      this.sentence = sentence;
    }
  }

  private final Kind kind;

  InvalidAnswerException(Kind kind) {
    super(kind.sentence, kind == Kind.BAD_CERTIFICATES);
    this.kind = kind;
  }

  /** The kind of invalid answer. */
  public Kind kind() {
    return kind;
  }
}
