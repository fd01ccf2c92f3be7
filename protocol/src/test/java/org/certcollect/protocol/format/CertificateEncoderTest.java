package org.certcollect.protocol.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DEROctetString;
import org.certcollect.protocol.QueryType;
import org.certcollect.protocol.ResponseEncoding;
import org.certcollect.protocol.ResponseType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateEncoderTest {
  static Stream<Arguments> refused() {
    return Arrays.stream(QueryType.values())
        .flatMap(
            query ->
                Arrays.stream(ResponseType.values())
                    .flatMap(
                        type ->
                            Arrays.stream(ResponseEncoding.values())
                                .filter(encoding -> isRefused(query, type, encoding))
                                .map(encoding -> Arguments.of(query, type, encoding))));
  }

  /** The column "Allowed Values" of the specification; and a status has no data. */
  private static boolean isRefused(QueryType query, ResponseType type, ResponseEncoding encoding) {
    return switch (query) {
      case STATUS -> true;
      case EVERYTHING -> encoding == ResponseEncoding.BINARY && type != ResponseType.PKCS7;
      case END_ENTITY, CA_BUNDLE ->
          encoding == ResponseEncoding.BINARY
              || type == ResponseType.PKCS7
              || type == ResponseType.NETSCAPE_SEQUENCE;
    };
  }

  @ParameterizedTest
  @MethodSource("refused")
  void aCombinationThatTheTableRefusesIsAMistakeOfTheCaller(
      QueryType query, ResponseType type, ResponseEncoding encoding) {
    IssuedCertificate issued = IssuedFixtures.of("chain-3", 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CertificateEncoder.encode(issued, query, type, encoding));
  }

  @Test
  void theTableRefusesSoMany() {
    assertThat(refused()).hasSize(8 + 3 + 6 + 6);
  }

  @Test
  void aChainOfOneHasAnEmptyBundle() {
    assertThat(Encoded.text("chain-1", QueryType.CA_BUNDLE, ResponseType.INDIVIDUALLY)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 255, 256, 65_535, 65_536, 1 << 24})
  void aLengthIsDefiniteAndAsShortAsCanBe(int length) throws Exception {
    Der wrapped = Der.wrap(0x04, Der.of(new byte[length]));
    assertThat(wrapped.bytes()).isEqualTo(new DEROctetString(new byte[length]).getEncoded());
  }
}
