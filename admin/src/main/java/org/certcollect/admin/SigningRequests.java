package org.certcollect.admin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.certcollect.store.SigningRequest;

/** Reads PKCS#10 requests, PEM or DER, and checks that each is signed with its own key. */
public final class SigningRequests {
  private static final String PEM = "-----BEGIN";

  private SigningRequests() {}

  public static SigningRequest read(Path file) {
    return read(InputFiles.read(file), file.toString());
  }

  /**
   * Reads a request.
   *
   * @param file how messages call it
   */
  public static SigningRequest read(byte[] bytes, String file) {
    try {
      PKCS10CertificationRequest request = parse(bytes, file);
      if (!isSigned(request)) {
        throw refused(file, "its signature is not that of its own key");
      }
      return new SigningRequest(
          request.getEncoded(), request.getSubjectPublicKeyInfo().getEncoded());
    } catch (IOException | RuntimeException e) {
      throw e instanceof InvalidInputException own
          ? own
          : refused(file, "it is no PKCS#10 certificate request, as PEM or DER");
    } catch (GeneralSecurityException | OperatorCreationException | PKCSException e) {
      throw refused(file, "its key or signature is of a kind that certcollect does not know");
    }
  }

  private static PKCS10CertificationRequest parse(byte[] bytes, String file) throws IOException {
    if (!new String(bytes, StandardCharsets.ISO_8859_1).contains(PEM)) {
      return new PKCS10CertificationRequest(bytes);
    }
    try (PEMParser parser =
        new PEMParser(
            new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.ISO_8859_1))) {
      if (parser.readObject() instanceof PKCS10CertificationRequest request) {
        return request;
      }
      throw refused(file, "it holds no CERTIFICATE REQUEST");
    }
  }

  private static boolean isSigned(PKCS10CertificationRequest request)
      throws GeneralSecurityException, OperatorCreationException, PKCSException {
    PublicKey key = new JcaPKCS10CertificationRequest(request).getPublicKey();
    return request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key));
  }

  private static InvalidInputException refused(String file, String problem) {
    return new InvalidInputException(
        InvalidInputException.Kind.SIGNING_REQUEST, "%s: %s".formatted(file, problem));
  }
}
