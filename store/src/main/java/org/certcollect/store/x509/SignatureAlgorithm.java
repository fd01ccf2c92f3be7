package org.certcollect.store.x509;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;

/**
 * The algorithm of a signature (AlgorithmIdentifier of RFC 5280, section 4.1.1.2).
 *
 * @param oid in dotted notation
 * @param parameters the element after the identifier, where there is one
 */
record SignatureAlgorithm(String oid, Optional<DerElement> parameters) {
  private static final String PSS = "1.2.840.113549.1.1.10";

  static SignatureAlgorithm of(DerElement identifier) {
    DerReader reader = identifier.reader();
    String oid = reader.next(DerElement.OID).oid();
    return new SignatureAlgorithm(
        oid, reader.hasNext() ? Optional.of(reader.next()) : Optional.empty());
  }

  /** Gives the parameters to a signature; only RSASSA-PSS has any (RFC 4055, section 3.1). */
  void configure(Signature signature) throws GeneralSecurityException, IOException {
    if (oid.equals(PSS)) {
      AlgorithmParameters read = AlgorithmParameters.getInstance("RSASSA-PSS");
      byte[] defaults = {0x30, 0x00};
      read.init(
          parameters
              .filter(element -> element.tag() == DerElement.SEQUENCE)
              .map(DerElement::encoded)
              .orElse(defaults));
      signature.setParameter(read.getParameterSpec(PSSParameterSpec.class));
    }
  }
}
