package org.certcollect.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.certcollect.admin.view.Fields;
import org.junit.jupiter.api.Test;

class OutputTest {
  private static final Fields FIELDS =
      new Fields()
          .add("name", "a\u001b[31m\u202e\"b\n")
          .add("count", 5L)
          .add("isNew", true)
          .add("at", Instant.parse("2026-01-02T03:04:05.678Z"))
          .add("none", Optional.empty())
          .add("words", List.of("x", "y"));

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Output output =
      new Output(
          new PrintWriter(out), new PrintWriter(err), OptionalInt.empty(), "certcollect", false);

  @Test
  void jsonIsOneLineWithEveryField() {
    output.record(FIELDS, true);
    assertThat(out.toString())
        .isEqualTo(
            "{\"name\":\"a\\u001B[31m\\u202e\\\"b\\n\",\"count\":5,\"isNew\":true,"
                + "\"at\":\"2026-01-02T03:04:05.678Z\",\"none\":null,\"words\":[\"x\",\"y\"]}\n");
  }

  @Test
  void peopleSeeWhatHasAValueAndNoControlCharacter() {
    output.record(FIELDS, false);
    assertThat(out.toString())
        .isEqualTo(
            """
            name    a\\u001b[31m\\u202e"b\\u000a
            count   5
            is new  yes
            at      2026-01-02T03:04:05Z
            words   x, y
            """);
  }

  @Test
  void columnsAreAsWideAsWhatIsInThem() {
    output.records(
        List.of(
            new Fields().add("id", 1L).add("state", "issued"),
            new Fields().add("id", 1000L).add("state", Optional.empty())),
        false);
    assertThat(out.toString()).isEqualTo("ID    STATE\n1     issued\n1000  -\n");
  }

  @Test
  void noRecordsAreNothingAtAll() {
    output.records(List.of(), false);
    output.records(List.of(), true);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void recordsThatBelongToOneStandBelowItOrInside() {
    Fields event = new Fields().add("action", "add");
    Fields record = new Fields().add("id", 1L).add("events", List.of(event));
    output.record(record, false);
    assertThat(out.toString()).isEqualTo("id  1\n\nevents:\nACTION\nadd\n");
    out.getBuffer().setLength(0);
    output.record(record, true);
    assertThat(out.toString()).isEqualTo("{\"id\":1,\"events\":[{\"action\":\"add\"}]}\n");
  }

  @Test
  void theFieldsOfARecordInsideStandAmongTheOthers() {
    Fields inside =
        new Fields().add("termEnd", "now").add("steps", new Fields().add("dcv", "done"));
    output.record(new Fields().add("validation", inside), false);
    assertThat(out.toString())
        .isEqualTo("validation term end  now\nvalidation steps     dcv=done\n");
    out.getBuffer().setLength(0);
    output.record(new Fields().add("validation", inside), true);
    assertThat(out.toString())
        .isEqualTo("{\"validation\":{\"termEnd\":\"now\",\"steps\":{\"dcv\":\"done\"}}}\n");
  }

  @Test
  void notesGoToTheOtherStream() {
    output.notes(List.of("first", "second\u0007"));
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).isEqualTo("first\nsecond\\u0007\n");
  }

  /** Broke once: a note was split at its line ends before they were escaped. */
  @Test
  void lineEndInANameForgesNoLine() {
    output.note("CN=x\ncertcollect: all is well\r is not stored");
    assertThat(err.toString())
        .isEqualTo("CN=x\\u000acertcollect: all is well\\u000d is not stored\n");
  }
}
