package org.certcollect.server.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.certcollect.store.Messages;
import org.certcollect.store.Nodes.Node;
import org.junit.jupiter.api.Test;

class StatusPageTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  private static final String ATTENTION = "<td class=\"attention\">";

  private final StatusPage page = new StatusPage(Clock.fixed(NOW, ZoneOffset.UTC));

  private String body(Map<String, Object> state, boolean whole) {
    String markup = page.state(state, whole, true, "").markup();
    return markup.substring(markup.indexOf("<body>"));
  }

  @Test
  void whatFailedOrSoonExpiresStandsOut() {
    String body =
        body(
            Map.of(
                "ready",
                false,
                "draining",
                true,
                "store",
                "<b> is down",
                "audit",
                "ok",
                "mails",
                StateFields.of(new Messages.Counts(3, 2, Optional.empty())),
                "pushes",
                StateFields.of(new Messages.Counts(1, 0, Optional.empty())),
                "certificates",
                List.of(certificate("2026-12-08T12:00:00Z"), certificate("2026-11-01T00:00:00Z"))),
            true);
    assertThat(body)
        .contains("<h1>Draining</h1>")
        .contains(ATTENTION + "&#60;b&#62; is down</td>", "Audit log</th><td>ok</td>")
        .contains("E-mails that wait</th><td>3</td>", ATTENTION + "2</td>")
        .contains("Push notifications that failed</th><td>0</td>")
        .contains(ATTENTION + "until 2026-12-08 (days left: 10)</td>")
        .contains(ATTENTION + "expired on 2026-11-01</td>");
  }

  @Test
  void aServerThatIsSilentStandsOut() {
    List<Map<String, Object>> nodes =
        List.of(node("<a>", NOW.minusSeconds(120)), node("b", NOW.minusSeconds(240)));
    assertThat(body(Map.of("nodes", nodes), true))
        .contains("&#60;a&#62;</th><td>running, version 1 (c)</td>")
        .contains(ATTENTION + "not seen since 2026-11-28 11:56:00 UTC, version 1 (c)</td>");
  }

  private static Map<String, Object> node(String name, Instant seen) {
    return StateFields.of(new Node("id", name, "1 (c)", NOW, seen));
  }

  private static Map<String, Object> certificate(String end) {
    return Map.of("key", "EC", "subject", "CN=a", "notAfter", Instant.parse(end));
  }

  @Test
  void strangersLearnThatAPartFailedButNotWhy() {
    assertThat(body(Map.of("store", "/var/lib/x.db is down", "audit", "ok"), false))
        .contains("<h1>Not ready</h1>", ATTENTION + "fails, or does not answer</td>")
        .doesNotContain("x.db", "Messages");
  }

  @Test
  void membersThatAreMissingLeaveNoSection() {
    assertThat(body(Map.of("ready", true, "store", "ok", "audit", "ok"), true))
        .contains("<h1>Ready</h1>")
        .doesNotContain("null", "<h2>Orders", "<h2>Certificates", "<h2>This server");
  }
}
