package org.certcollect.bench.jmh;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.certcollect.bench.jmh.OrderLookup.Engine;
import org.certcollect.bench.jmh.ResultWriting.Format;
import org.certcollect.bench.jmh.StatusWriting.StatusPoll;
import org.certcollect.protocol.CollectRequest;
import org.certcollect.protocol.EncodedCertificates;
import org.certcollect.store.Collects.AccountAndOrder;
import org.certcollect.store.domain.OrderState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark runs, and does the work that it is named after. */
@Tag("drill")
class BenchmarksTest {
  @Test
  void jmhRunsEachOfThem() throws RunnerException {
    // Else it would fail while someone measures.
    System.setProperty("jmh.ignoreLock", "true");
    Options once =
        new OptionsBuilder()
            .include(Timed.class.getPackageName())
            .forks(0)
            .mode(Mode.SingleShotTime)
            .warmupIterations(0)
            .measurementIterations(1)
            .param("orders", "10")
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    assertThat(new Runner(once).run()).isNotEmpty();
  }

  @Test
  void formDecodingFindsTheFields() {
    FormDecoding benchmark = new FormDecoding();
    assertThat(benchmark.urlEncoded()).isEqualTo(TypicalRequest.FIELDS);
    assertThat(benchmark.multipart()).isEqualTo(TypicalRequest.FIELDS);
  }

  @Test
  void requestParsingRefusesNothing() {
    RequestParsing benchmark = new RequestParsing();
    assertThat(benchmark.byLogin()).isInstanceOf(CollectRequest.class);
    assertThat(benchmark.byCode()).isInstanceOf(CollectRequest.class);
  }

  @ParameterizedTest
  @EnumSource
  void statusWritingTellsThePeriod(StatusPoll asked) {
    StatusWriting benchmark = new StatusWriting();
    benchmark.asked = asked;
    benchmark.prepare();
    assertThat(benchmark.write())
        .asString(ISO_8859_1)
        .startsWith(
            asked == StatusPoll.DETAILS_1_22
                ? "errorCode=1&orderNumber=1234567&notBefore=1795392000&"
                : "1\n23/11/2026 22/11/2027\n");
  }

  @ParameterizedTest
  @EnumSource
  void resultWritingWritesWhatWasEncoded(Format format) {
    ResultWriting benchmark = new ResultWriting();
    benchmark.format = format;
    benchmark.encode();
    EncodedCertificates encoded = benchmark.cold();
    byte[] data = new byte[encoded.length()];
    encoded.copyTo(data, 0);
    assertThat(benchmark.warm()).endsWith(data);
  }

  @Test
  void credentialCheckRemembers() {
    CredentialCheck benchmark = new CredentialCheck();
    try {
      benchmark.remember();
      assertThat(benchmark.hit().join().granted()).isPresent();
    } finally {
      benchmark.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void orderLookupFindsAnIssuedOrder(Engine engine) {
    OrderLookup benchmark = new OrderLookup();
    benchmark.engine = engine;
    benchmark.orders = 10;
    benchmark.fill();
    try {
      assertThat(benchmark.byLogin().flatMap(AccountAndOrder::order))
          .hasValueSatisfying(order -> assertThat(order.state()).isEqualTo(OrderState.ISSUED));
    } finally {
      benchmark.close();
    }
  }
}
