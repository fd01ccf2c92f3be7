package org.certcollect.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CollectResponseTest {
  @Test
  void theBodyIsTheHeadAndTheData() {
    byte[] data = {0, 10, 13, -1};
    assertThat(response("2\n", EncodedCertificates.of(data)).body())
        .containsExactly('2', '\n', 0, 10, 13, -1);
  }

  @Test
  void aBodyMayHaveNoDataOrNoHead() {
    assertThat(response("0\n", EncodedCertificates.NONE).body()).containsExactly('0', '\n');
    assertThat(response("", EncodedCertificates.of(new byte[] {1})).body()).containsExactly(1);
  }

  @Test
  void theTailFollowsTheData() {
    EncodedCertificates data = EncodedCertificates.of(new byte[] {1});
    assertThat(
            new CollectResponse(StatusCode.ATTACHED, MediaType.TEXT_PLAIN, "2\n", data, "x\n")
                .body())
        .containsExactly('2', '\n', 1, 'x', '\n');
  }

  @Test
  void certificatesDoNotChangeWithTheArrayThatTheyCameIn() {
    byte[] data = {1};
    EncodedCertificates certificates = EncodedCertificates.of(data);
    data[0] = 2;
    assertThat(response("", certificates).body()).containsExactly(1);
  }

  private static CollectResponse response(String head, EncodedCertificates data) {
    return new CollectResponse(StatusCode.ATTACHED, MediaType.TEXT_PLAIN, head, data, "");
  }
}
