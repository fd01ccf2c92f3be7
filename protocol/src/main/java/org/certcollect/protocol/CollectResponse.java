package org.certcollect.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * An answer, ready to be sent.
 *
 * @param status the status that it tells, even if a binary body does not show it
 * @param contentType the exact value of its Content-Type
 * @param head the text before the data, ASCII
 * @param data the certificates; empty if none are handed out
 * @param tail the text after the data, ASCII
 */
public record CollectResponse(
    StatusCode status, MediaType contentType, String head, EncodedCertificates data, String tail) {

  /** The whole body, as a new array. */
  public byte[] body() {
    byte[] body = new byte[head.length() + data.length() + tail.length()];
    copy(head, body, 0);
    data.copyTo(body, head.length());
    copy(tail, body, head.length() + data.length());
    return body;
  }

  private static void copy(String ascii, byte[] body, int offset) {
    System.arraycopy(ascii.getBytes(US_ASCII), 0, body, offset, ascii.length());
  }
}
