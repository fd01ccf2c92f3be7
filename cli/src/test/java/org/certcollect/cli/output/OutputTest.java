package org.certcollect.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.certcollect.cli.output.Output.Section;
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
    output.detail(new Fields().add("id", 1L), false, new Section("events", List.of(event)));
    assertThat(out.toString()).isEqualTo("id  1\n\nevents:\nACTION\nadd\n");
    out.getBuffer().setLength(0);
    output.detail(new Fields().add("id", 1L), true, new Section("events", List.of(event)));
    assertThat(out.toString()).isEqualTo("{\"id\":1,\"events\":[{\"action\":\"add\"}]}\n");
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
