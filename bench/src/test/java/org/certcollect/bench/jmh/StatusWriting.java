package org.certcollect.bench.jmh;

import java.time.Instant;
import org.certcollect.protocol.CollectResult;
import org.certcollect.protocol.CollectResult.Available;
import org.certcollect.protocol.CollectResult.Period;
import org.certcollect.protocol.ResponseLayout;
import org.openjdk.jmh.annotations.Benchmark;

/** The writing of an answer without certificates. */
public class StatusWriting extends Timed {
  private final ResponseLayout layout = TypicalRequest.read("0", "3", "0").layout();
  private final CollectResult result =
      new Available(
          new Period(Instant.parse("2026-11-23T00:00:00Z"), Instant.parse("2027-11-22T23:59:59Z")));

  @Benchmark
  public byte[] available() {
    return layout.write(result).body();
  }
}
