package org.certcollect.bench.generate;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/**
 * A buffered writer of ASCII text, numbers and timestamps, which makes no objects of them. Not
 * thread-safe.
 */
final class Bytes {
  private static final int FIRST_YEAR = 2000;
  private static final long FIRST_DAY = LocalDate.of(FIRST_YEAR, 1, 1).toEpochDay();
  private static final byte[][] DAYS = days(50);
  private static final long DAY = 86_400_000;

  private final OutputStream out;
  private final byte[] buffer = new byte[1 << 20];
  private int size;

  Bytes(OutputStream out) {
    this.out = out;
  }

  static byte[] of(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  Bytes put(byte[] text) throws IOException {
    reserve(text.length);
    System.arraycopy(text, 0, buffer, size, text.length);
    size += text.length;
    return this;
  }

  Bytes number(long number) throws IOException {
    reserve(20);
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    digits(number, digits);
    return this;
  }

  /** Writes a timestamp in ISO 8601, between quotes. */
  Bytes timestamp(long millis) throws IOException {
    reserve(26);
    buffer[size++] = '"';
    put(DAYS[(int) (millis / DAY - FIRST_DAY)]);
    int time = (int) (millis % DAY);
    buffer[size++] = 'T';
    digits(time / 3_600_000, 2);
    buffer[size++] = ':';
    digits(time / 60_000 % 60, 2);
    buffer[size++] = ':';
    digits(time / 1000 % 60, 2);
    buffer[size++] = '.';
    digits(time % 1000, 3);
    buffer[size++] = 'Z';
    buffer[size++] = '"';
    return this;
  }

  void flush() throws IOException {
    out.write(buffer, 0, size);
    out.flush();
    size = 0;
  }

  private void reserve(int bytes) throws IOException {
    if (size + bytes > buffer.length) {
      flush();
    }
  }

  private void digits(long number, int count) {
    long rest = number;
    for (int i = size + count - 1; i >= size; i--) {
      buffer[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += count;
  }

  private static byte[][] days(int years) {
    int count = (int) (LocalDate.of(FIRST_YEAR + years, 1, 1).toEpochDay() - FIRST_DAY);
    byte[][] days = new byte[count][];
    for (int i = 0; i < count; i++) {
      days[i] = of(LocalDate.ofEpochDay(FIRST_DAY + i).toString());
    }
    return days;
  }
}
