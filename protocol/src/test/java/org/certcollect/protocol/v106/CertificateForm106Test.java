package org.certcollect.protocol.v106;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.Stream;
import org.certcollect.protocol.EncodedCertificates;
import org.certcollect.protocol.format.ChainPart;
import org.certcollect.protocol.format.IssuedFixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CertificateForm106Test {
  static Stream<Arguments> refused() {
    return Arrays.stream(ChainPart.values())
        .flatMap(
            part ->
                Arrays.stream(ResponseType.values())
                    .flatMap(
                        type ->
                            Arrays.stream(ResponseEncoding.values())
                                .filter(encoding -> isRefused(part, type, encoding))
                                .map(encoding -> Arguments.of(part, type, encoding))));
  }

  /** The column "Allowed Values" of the specification. */
  private static boolean isRefused(ChainPart part, ResponseType type, ResponseEncoding encoding) {
    return switch (part) {
      case WHOLE -> encoding == ResponseEncoding.BINARY && type != ResponseType.PKCS7;
      case END_ENTITY, ISSUERS ->
          encoding == ResponseEncoding.BINARY
              || type == ResponseType.PKCS7
              || type == ResponseType.NETSCAPE_SEQUENCE;
    };
  }

  @ParameterizedTest
  @MethodSource("refused")
  void aCombinationThatTheTableOfArgumentsRefusesIsAMistakeOfTheCaller(
      ChainPart part, ResponseType type, ResponseEncoding encoding) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CertificateForm106(part, type, encoding));
  }

  @Test
  void fifteenCombinationsAreRefused() {
    assertThat(refused()).hasSize(3 + 6 + 6);
  }

  @Test
  void aCertificateWithoutIssuersHasAnEmptyBundle() {
    EncodedCertificates bundle =
        new CertificateForm106(
                ChainPart.ISSUERS, ResponseType.INDIVIDUALLY, ResponseEncoding.BASE64)
            .encode(IssuedFixtures.of("chain-1", 1));
    assertThat(bundle.length()).isZero();
  }
}
