package org.certcollect.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FingerprintTest {
  private final Fingerprint.FingerprintMaker maker = new Fingerprint.FingerprintMaker();

  @Test
  void sameTextsHaveTheSameFingerprint() {
    assertThat(maker.of("a", "b")).isEqualTo(maker.of("a", "b"));
  }

  @Test
  void otherTextsHaveOtherFingerprints() {
    assertThat(maker.of("a", "b"))
        .isNotEqualTo(maker.of("ab"))
        .isNotEqualTo(maker.of("ab", ""))
        .isNotEqualTo(maker.of("", "ab"))
        .isNotEqualTo(maker.of("b", "a"))
        .isNotEqualTo(maker.of("A", "b"));
  }

  @Test
  void anotherKeyMakesOtherFingerprints() {
    assertThat(maker.of("a")).isNotEqualTo(new Fingerprint.FingerprintMaker().of("a"));
  }
}
