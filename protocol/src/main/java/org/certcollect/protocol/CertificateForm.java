package org.certcollect.protocol;

import org.certcollect.protocol.format.IssuedCertificate;

/**
 * A form in which certificates can be handed out. Immutable. Equal forms encode the same
 * certificates to the same bytes, so that an encoding can be cached under its form.
 */
public interface CertificateForm {
  /** The certificates in this form. */
  EncodedCertificates encode(IssuedCertificate issued);

  /** The structure, a slash and the encoding if there are several, for example ZIP/BASE64. */
  String title();
}
