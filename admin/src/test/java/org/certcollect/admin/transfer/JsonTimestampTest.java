package org.certcollect.admin.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonTimestampTest {
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

  @Test
  void everyTimestampIsReadAsJavaTimeReadsIt() {
    List<String> texts =
        new ArrayList<>(
            List.of(
                "2026-11-23T08:00:00Z",
                "2026-11-23T08:00:00.123Z",
                "2026-11-23T08:00:00.1Z",
                "2026-11-23T08:00:00.123456789Z",
                "2026-11-23T08:00:00+01:00",
                "2026-11-23t08:00:00z",
                "2026-11-23T24:00:00Z",
                "2026-11-23T24:00:01Z",
                "2026-12-31T23:59:60Z",
                "2026-12-31T23:58:60.500Z",
                "2024-02-29T00:00:00Z",
                "2026-02-29T00:00:00Z",
                "0000-01-01T00:00:00Z",
                "0001-01-01T00:00:00.000Z",
                "9999-12-31T23:59:59.999Z",
                "+2026-1-23T08:00:00Z",
                "2026-11-23T+8:00:00Z",
                "\u0662026-11-23T08:00:00Z",
                ""));
    Random random = new Random(1);
    String base = "2026-11-23T08:00:00.123Z";
    for (int i = 0; i < 5_000; i++) {
      char[] text = base.substring(0, i % 2 == 0 ? 24 : 19).toCharArray();
      for (int changes = random.nextInt(6); changes > 0; changes--) {
        text[random.nextInt(text.length)] = "0123456789-:.+TZ".charAt(random.nextInt(16));
      }
      texts.add(String.valueOf(text) + (i % 2 == 0 ? "" : "Z"));
    }
    for (String text : texts) {
      assertThat(read(text)).as(text).isEqualTo(expected(text));
    }
  }

  private static String read(String text) {
    try {
      return new JsonObject(new HashMap<>(Map.of("at", text))).timestamp("at").toString();
    } catch (InvalidRecordException e) {
      return "refused";
    }
  }

  private static String expected(String text) {
    try {
      Instant read = Instant.parse(text).truncatedTo(ChronoUnit.MILLIS);
      return read.isBefore(FIRST) ? "refused" : read.toString();
    } catch (DateTimeException e) {
      return "refused";
    }
  }
}
