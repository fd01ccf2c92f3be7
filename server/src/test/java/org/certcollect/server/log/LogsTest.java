package org.certcollect.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.certcollect.server.StartException;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.TestLog;
import org.certcollect.server.testing.TestServer;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.Test;

class LogsTest {
  private static final Logger LOG = Logger.getLogger("certcollect.test");
  private static final String EVIL = "a\nb\r\u0085\u2028\u0000\u001b[31m\"}{\\";

  /** Reads a line as strict JSON: one flat object of texts and of numbers, these behind a #. */
  private static Map<String, String> json(String line) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    try (JsonParser parser =
        new JsonFactory()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .createParser(line)) {
      assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        assertThat(value.isNumeric() || value == JsonToken.VALUE_STRING).as(name).isTrue();
        fields.put(name, (value.isNumeric() ? "#" : "") + parser.getText());
      }
      assertThat(parser.nextToken()).isNull();
    }
    return fields;
  }

  @Test
  void aJsonLineHasTimeLevelLoggerMessageAndFields() throws IOException {
    try (TestLog log = TestLog.json()) {
      LogEvent.info("Hello").with("number", 7).with("text", "7").to(LOG);
      assertThat(log.toString()).endsWith("}\n");
      assertThat(json(log.lines().get(0)))
          .containsEntry("level", "INFO")
          .containsEntry("logger", "certcollect.test")
          .containsEntry("message", "Hello")
          .containsEntry("number", "#7")
          .containsEntry("text", "7")
          .hasEntrySatisfying("time", t -> assertThat(t).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z"));
    }
  }

  @Test
  void libraryMayLogAnExceptionWithoutAMessage() throws IOException {
    LogRecord event = new LogRecord(Level.WARNING, null);
    event.setThrown(new IllegalStateException());
    try (TestLog log = TestLog.json()) {
      LOG.log(event);
      assertThat(json(log.lines().get(0)))
          .containsEntry("message", "no message")
          .containsKey("exception");
    }
    try (TestLog log = TestLog.text()) {
      LOG.log(event);
      assertThat(log.toString()).contains("WARNING no message\n", "IllegalStateException");
    }
  }

  @Test
  void eachCharacterIsWrittenInJsonAsJacksonWritesIt() throws IOException {
    StringBuilder all = new StringBuilder();
    for (char c = 0; c < 0x300; c++) {
      all.append(c);
    }
    String text = all + "\u2028\ud83d\ude00\ufffd";
    StringWriter expected = new StringWriter();
    try (JsonGenerator generator = new JsonFactory().createGenerator(expected)) {
      generator.writeString(text);
    }
    try (TestLog log = TestLog.json()) {
      LogEvent.info("Hello").with("text", text).to(LOG);
      assertThat(log.toString()).endsWith(",\"text\":" + expected + "}\n");
    }
  }

  @Test
  void aTextLineIsForPeople() {
    try (TestLog log = TestLog.text()) {
      LogEvent.warning("Hello").with("number", 7).to(LOG);
      assertThat(log.toString()).matches("\\S+Z WARNING Hello number=7\\n");
    }
  }

  @Test
  void nobodyCanBeginALine() throws IOException {
    try (TestLog log = TestLog.text()) {
      LogEvent.info("Hello").with("evil", EVIL).to(LOG);
      LOG.log(Level.INFO, "of a library {0}", EVIL);
      assertThat(log.toString().split("\\R", -1)).hasSize(3);
      assertThat(log.toString()).doesNotContain("\u001b", "\0").contains("\\u000a", "\\u001b");
    }
    try (TestLog log = TestLog.json()) {
      LogEvent.info("Hello").with("evil", EVIL).to(LOG);
      LOG.log(Level.INFO, EVIL);
      assertThat(log.toString().split("\n", -1)).hasSize(3);
      assertThat(json(log.toString().split("\n", -1)[0])).containsEntry("evil", EVIL);
    }
  }

  @Test
  void onlyTheFramesOfALibrarysExceptionAreShown() throws IOException {
    Exception failure =
        new StartException("ours\nsecond", new IllegalStateException("quotes a secret"));
    try (TestLog log = TestLog.json()) {
      LogEvent.error("Failed", failure).to(LOG);
      assertThat(log.lines()).hasSize(1);
      assertThat(json(log.lines().get(0)).get("exception"))
          .contains("StartException: ours\\u000asecond\n", "java.lang.IllegalStateException\n")
          .contains("  at org.certcollect.server.log.LogsTest")
          .doesNotContain("secret");
    }
    try (TestLog log = TestLog.text()) {
      LogEvent.error("Failed", failure).to(LOG);
      assertThat(log.lines()).hasSizeGreaterThan(3);
      assertThat(log.toString()).doesNotContain("secret");
      assertThat(log.lines().subList(1, log.lines().size()))
          .as("what belongs to a line is indented")
          .allMatch(line -> line.startsWith("  "));
    }
  }

  @Test
  void exceptionsThatCauseEachOtherEnd() {
    Exception one = new IllegalStateException("a");
    one.initCause(new IllegalStateException("b", one));
    try (TestLog log = TestLog.json()) {
      LogEvent.error("Failed", one).to(LOG);
      assertThat(log.lines()).hasSize(1);
    }
  }

  @Test
  void aLinePerRequestTellsWhatCameOfIt() throws Exception {
    try (TestServer server = TestServer.start();
        RawConnection connection = RawConnection.https(server)) {
      server.account("reseller", "right");
      server.order("reseller", Product.SSL, 7);
      String ssl = Forms.SSL;
      String form = Forms.status("reseller", "right", 7);
      try (TestLog log = TestLog.json()) {
        connection.post(ssl, form);
        connection.post(ssl, form);
        Map<String, String> first = json(log.lines().get(0));
        assertThat(first)
            .containsEntry("endpoint", "CollectSSL")
            .containsEntry("status", "#0")
            .containsEntry("source", "127.0.0.1")
            .hasEntrySatisfying("account", id -> assertThat(id).matches("#\\d+"))
            .hasEntrySatisfying("ms", ms -> assertThat(ms).matches("#\\d+\\.\\d{3}"));
        assertThat(json(log.lines().get(1)).get("request"))
            .matches("[0-9a-f]{8}-\\d+")
            .isNotEqualTo(first.get("request"));
      }
      try (TestLog log = TestLog.text()) {
        connection.post(ssl, form);
        assertThat(log.toString())
            .matches("\\S+ INFO Answered request=[^\\n]+ account=\\d+ login=reseller\\n");
      }
    }
  }
}
