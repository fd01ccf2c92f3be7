package org.certcollect.store.x509;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.certcollect.protocol.fixtures.FuzzInputs;
import org.certcollect.store.domain.RefusedException;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A file of certificates, or of a signing request, is read or refused with a reason. */
class CertificateFileFuzzTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-27T00:00:00Z"), ZoneOffset.UTC);

  static Stream<Named<byte[]>> inputs() {
    return FuzzInputs.of(CertificateFileFuzzTest.class);
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void storedInputs(byte[] input) {
    fuzzerTestOneInput(input);
  }

  public static void fuzzerTestOneInput(byte[] file) {
    try {
      SigningRequestReader.read(file, "the file");
    } catch (RefusedException refused) {
      // A file of certificates, perhaps.
    }
    try {
      List<ParsedCertificate> certificates = CertificateReader.read(file, "the file");
      VerifiedChain chain =
          new ChainBuilder(subject -> List.of(), CLOCK, UnknownAlgorithms.REFUSE)
              .build(certificates, List.of(), note -> {});
      ChainWarnings.of(chain, CLOCK.instant());
    } catch (RefusedException refused) {
      // As it should be.
    }
  }
}
