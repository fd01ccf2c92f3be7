package org.certcollect.admin;

import java.nio.file.Path;
import org.certcollect.store.domain.RefusedException;
import org.certcollect.store.domain.SigningRequest;
import org.certcollect.store.x509.SigningRequestReader;

/** Reads certificate signing requests from files. */
public final class SigningRequests {
  private SigningRequests() {}

  public static SigningRequest read(Path file) {
    return read(InputFiles.read(file), file.toString());
  }

  /**
   * Reads a signing request.
   *
   * @param file the name of the input in messages
   */
  public static SigningRequest read(byte[] bytes, String file) {
    try {
      return SigningRequestReader.read(bytes, file);
    } catch (RefusedException e) {
      throw new InvalidInputException(
          InvalidInputException.Kind.SIGNING_REQUEST, String.valueOf(e.getMessage()));
    }
  }
}
