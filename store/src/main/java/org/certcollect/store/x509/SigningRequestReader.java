package org.certcollect.store.x509;

import java.util.List;
import java.util.Locale;
import org.certcollect.store.domain.RefusedException;
import org.certcollect.store.domain.SigningRequest;

/**
 * Reads PKCS#10 requests (RFC 2986), PEM or DER, and checks that each is signed with its own key.
 */
public final class SigningRequestReader {
  /** The largest number of bytes that a file may have: an ordinary request has some 2,000. */
  public static final int MAX_FILE = 64 << 10;

  private final String source;

  private SigningRequestReader(String source) {
    this.source = source;
  }

  /**
   * Reads the one request of a file.
   *
   * @param source how messages call the file
   * @throws RefusedException when it is too large, holds none or several, or its signature is wrong
   *     or cannot be checked
   */
  public static SigningRequest read(byte[] file, String source) {
    SigningRequestReader reader = new SigningRequestReader(source);
    if (file.length > MAX_FILE) {
      throw reader.refused("it has more than " + MAX_FILE + " bytes: a request is smaller");
    }
    boolean isPem = !DerKind.isWhole(file) && PemText.isPem(file);
    return reader.request(isPem ? reader.pem(file) : file);
  }

  private byte[] pem(byte[] file) {
    List<PemBlock> blocks;
    try {
      blocks = PemText.blocks(file);
    } catch (IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
    if (blocks.stream().anyMatch(PemBlock::isPrivateKey)) {
      throw refused("it holds a private key, which does not belong here: give the request only");
    }
    for (PemBlock block : blocks) {
      if (!block.label().equals("CERTIFICATE REQUEST")
          && !block.label().equals("NEW CERTIFICATE REQUEST")) {
        throw refused(
            String.format(
                Locale.ROOT,
                "it holds no CERTIFICATE REQUEST, but %s: see line %d",
                block.label(),
                block.line()));
      }
    }
    if (blocks.size() != 1) {
      throw refused(String.format(Locale.ROOT, "it holds %d requests: give one", blocks.size()));
    }
    return blocks.get(0).content();
  }

  private SigningRequest request(byte[] der) {
    try {
      DerReader outer = new DerReader(der);
      DerReader request = outer.next(DerElement.SEQUENCE).reader();
      outer.requireEnd();
      DerElement info = request.next(DerElement.SEQUENCE);
      SignatureAlgorithm algorithm = SignatureAlgorithm.of(request.next(DerElement.SEQUENCE));
      byte[] signature = request.next(DerElement.BIT_STRING).bits();
      request.requireEnd();
      DerReader fields = info.reader();
      fields.skip(DerElement.INTEGER);
      fields.skip(DerElement.SEQUENCE);
      VerificationKey key = new VerificationKey(fields.next(DerElement.SEQUENCE));
      check(key.check(algorithm, info.encoded(), signature));
      return new SigningRequest(der, key.encoded());
    } catch (MalformedDerException e) {
      throw refused("it is no PKCS#10 certificate request, as PEM or DER");
    }
  }

  private void check(SignatureCheck check) {
    if (check instanceof SignatureCheck.Unknown unknown) {
      throw refused("its signature cannot be checked: " + unknown.reason());
    }
    if (!check.equals(SignatureCheck.VALID)) {
      throw refused("its signature is not that of its own key");
    }
  }

  private RefusedException refused(String problem) {
    return new RefusedException(
        RefusedException.Reason.BAD_SIGNING_REQUEST, source + ": " + problem);
  }
}
