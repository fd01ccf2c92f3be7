package org.certcollect.protocol;

/**
 * An answer, ready to be sent with HTTP status 200.
 *
 * @param status the status that it tells, also where a binary body does not show it
 * @param contentType the exact value of its Content-Type
 * @param head the lines before the data, ASCII
 * @param data the certificates; empty where none are handed out
 */
public record CollectResponse(
    StatusCode status, MediaType contentType, String head, EncodedCertificates data) {

  /** The whole body. */
  public byte[] body() {
    byte[] body = new byte[head.length() + data.length()];
    for (int i = 0; i < head.length(); i++) {
      body[i] = (byte) head.charAt(i);
    }
    data.copyTo(body, head.length());
    return body;
  }
}
