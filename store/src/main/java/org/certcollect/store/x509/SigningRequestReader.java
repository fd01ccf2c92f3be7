package org.certcollect.store.x509;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.certcollect.store.domain.RefusedException;
import org.certcollect.store.domain.SigningRequest;

/**
 * Reads PKCS#10 requests (RFC 2986), PEM or DER, and checks that each is signed with its own key.
 */
public final class SigningRequestReader {
  /** The largest number of bytes that a file may have: an ordinary request has some 2,000. */
  public static final int MAX_FILE = 64 << 10;

  private static final Set<String> LABELS =
      Set.of("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST");

  private SigningRequestReader() {}

  /**
   * Reads the one request of a file.
   *
   * @param source how messages call the file
   * @throws RefusedException when it is too large, holds none or several, or its signature is wrong
   *     or cannot be checked
   */
  public static SigningRequest read(byte[] file, String source) {
    try {
      if (file.length > MAX_FILE) {
        throw new UnreadableException(
            "it has more than " + MAX_FILE + " bytes: a request is smaller");
      }
      return request(PemText.isPem(file) ? content(PemText.blocks(file)) : file);
    } catch (UnreadableException e) {
      throw new RefusedException(
          RefusedException.Reason.BAD_SIGNING_REQUEST, source + ": " + e.getMessage());
    }
  }

  private static byte[] content(List<PemText.Block> blocks) {
    for (PemText.Block block : blocks) {
      if (!LABELS.contains(block.label())) {
        throw new UnreadableException(
            String.format(
                Locale.ROOT,
                "it holds no CERTIFICATE REQUEST, but %s: see line %d",
                block.label(),
                block.line()));
      }
    }
    if (blocks.size() != 1) {
      throw new UnreadableException(
          String.format(Locale.ROOT, "it holds %d requests: give one", blocks.size()));
    }
    return blocks.get(0).content();
  }

  private static SigningRequest request(byte[] der) {
    Asn1.Signed request;
    VerificationKey key;
    try {
      request = Asn1.Signed.of(der);
      key = new VerificationKey(request.body().getObjectAt(2));
    } catch (IOException | RuntimeException e) {
      throw new UnreadableException("it is not a PKCS#10 certificate request, as PEM or DER");
    }
    SignatureCheck check = key.check(request);
    if (check instanceof SignatureCheck.Unknown unknown) {
      throw new UnreadableException("its signature cannot be checked: " + unknown.reason());
    }
    if (!check.equals(SignatureCheck.VALID)) {
      throw new UnreadableException("its signature is not that of its own key");
    }
    return new SigningRequest(
        der, key.encoded(), Optional.of(RequestedName.domain(request.body())));
  }
}
