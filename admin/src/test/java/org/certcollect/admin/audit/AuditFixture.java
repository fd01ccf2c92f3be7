package org.certcollect.admin.audit;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.certcollect.admin.DataFolder;
import org.certcollect.admin.audit.AuditVerifier.AuditReport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A data folder with the chain {@code alpha}, for tests of the audit log. */
abstract class AuditFixture {
  static final AuditConfig CONFIG = AuditConfig.of("alpha");
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-28T12:00:00Z"), ZoneOffset.UTC);

  @TempDir Path data;
  AuditFolder folder;

  @BeforeEach
  void nameFolder() {
    folder = AuditFolder.in(new DataFolder(data));
  }

  AuditLog open() {
    return folder.openForServer(CONFIG, CLOCK);
  }

  static void append(AuditLog log, int from, int to) {
    for (int i = from; i <= to; i++) {
      log.append(List.of(new AuditEntry("collect").with("order", i).with("login", "lo\"gin é")));
    }
  }

  void write(int records) {
    try (AuditLog log = open()) {
      append(log, 1, records);
    }
  }

  AuditReport verify(AuditHead... heads) {
    return AuditVerifier.verify(folder, "alpha", List.of(heads), false);
  }

  Path segment() {
    List<Path> segments = folder.segments("alpha");
    return segments.get(segments.size() - 1);
  }

  AuditHead head() {
    return folder.head("alpha", folder.publicKey());
  }
}
