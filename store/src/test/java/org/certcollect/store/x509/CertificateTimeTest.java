package org.certcollect.store.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.x509.Time;
import org.junit.jupiter.api.Test;

class CertificateTimeTest {
  @Test
  void everyTimeIsReadAsBouncyCastleReadsIt() {
    List<String> texts =
        new ArrayList<>(
            List.of(
                "260229120000Z", // no leap year
                "260431120000Z",
                "261301120000Z",
                "260101240000Z",
                "261231235960Z",
                "260100000000Z",
                "491231235959Z",
                "500101000000Z",
                "20490101000000Z",
                "99991231235959Z",
                "00010101000000Z",
                "15821231000000Z",
                "15830101000000Z",
                "20260101000000.5Z",
                "2601010000Z",
                "260101000000+0100"));
    Random random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      texts.add(String.format(Locale.ROOT, "%012dZ", random.nextLong(1_000_000_000_000L)));
      texts.add(String.format(Locale.ROOT, "%014dZ", random.nextLong(100_000_000_000_000L)));
    }
    for (String text : texts) {
      assertThat(read(BERTags.GENERALIZED_TIME, text))
          .as(text)
          .isEqualTo(expected(() -> new ASN1GeneralizedTime(text)));
      assertThat(read(BERTags.UTC_TIME, text))
          .as(text)
          .isEqualTo(expected(() -> new ASN1UTCTime(text)));
    }
  }

  private static String read(int tag, String text) {
    byte[] der = new byte[2 + text.length()];
    der[0] = (byte) tag;
    der[1] = (byte) text.length();
    System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, der, 2, text.length());
    return shown(() -> CertificateTime.read(BerElement.of(der)));
  }

  private static String expected(Supplier<ASN1Primitive> time) {
    return shown(() -> new Time(time.get()).getDate().toInstant());
  }

  private static String shown(Supplier<Instant> time) {
    try {
      return time.get().toString();
    } catch (RuntimeException e) {
      return "refused";
    }
  }
}
