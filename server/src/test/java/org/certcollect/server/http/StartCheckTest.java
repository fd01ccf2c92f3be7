package org.certcollect.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.AccessDeniedException;
import java.security.GeneralSecurityException;
import java.security.KeyStoreException;
import org.junit.jupiter.api.Test;

class StartCheckTest {
  private static String line(String soft) {
    return "Max open files            " + soft + "                 524288               files     ";
  }

  @Test
  void fewerOpenFilesThanConnectionsAreTold() {
    assertThat(StartCheck.openFiles(line("1024"), 10_000).orElseThrow())
        .contains("limits.connections is 10000", "1024 files", "LimitNOFILE=");
    assertThat(StartCheck.openFiles(line("20000"), 10_000)).isEmpty();
    assertThat(StartCheck.openFiles(line("unlimited"), 10_000)).isEmpty();
  }

  /** Broke once: no file was left for a handshake when all connections were open. */
  @Test
  void aLimitWithoutRoomForHandshakesIsTold() {
    assertThat(StartCheck.openFiles(line("12699"), 10_000).orElseThrow()).contains("to 12700, or");
    assertThat(StartCheck.openFiles(line("12700"), 10_000)).isEmpty();
  }

  @Test
  void aProblemOfAKeyStoreHasNoAdviceAboutPemFiles() {
    assertThat(StartCheck.tls(new KeyStoreException("k.p12 has a password")))
        .isEqualTo(
            "cannot serve TLS (k.p12 has a password): tls.keystore must be a PKCS#12 file that"
                + " holds each key with its own certificate, and tls.keystore-password-file hold"
                + " its password");
  }

  @Test
  void aFileWithoutAccessIsTold() {
    assertThat(StartCheck.tls(new AccessDeniedException("k.p12")))
        .isEqualTo(
            "cannot serve TLS (k.p12 may not be read by this user): tls.certificate, tls.key and"
                + " tls.keystore name the files");
  }

  @Test
  void aProblemOfPemFilesHasNoAdviceAboutAKeyStore() {
    assertThat(StartCheck.tls(new GeneralSecurityException("the key does not belong")))
        .contains("tls.certificate and tls.key must be a pair")
        .doesNotContain("tls.keystore");
  }

  @Test
  void theLimitOfThisProcessCanBeRead() {
    assertThat(StartCheck.openFiles(1)).isEmpty();
    assertThat(StartCheck.openFiles(Integer.MAX_VALUE)).isPresent();
  }
}
