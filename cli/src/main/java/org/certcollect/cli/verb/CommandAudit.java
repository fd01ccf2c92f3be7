package org.certcollect.cli.verb;

import java.util.List;
import java.util.Optional;
import org.certcollect.admin.audit.AuditConfig;
import org.certcollect.admin.audit.AuditEntry;
import org.certcollect.admin.audit.AuditFolder;
import org.certcollect.admin.audit.AuditLog;
import org.certcollect.store.ChangeAuditor;
import org.certcollect.store.ChangeRecord;

/**
 * The audit of what a verb does. The chain is shared with other commands, so it is open only for
 * the time of a transaction or of a record. Used by one thread.
 */
public final class CommandAudit implements ChangeAuditor {
  private final Shell shell;
  private final AuditConfig config;
  private Optional<AuditLog> log = Optional.empty();

  public CommandAudit(Shell shell, AuditConfig config) {
    this.shell = shell;
    this.config = config;
  }

  @Override
  public void begin() {
    AuditLog opened = AuditFolder.in(shell.dataFolder()).openForCommand(config, shell.clock());
    log = Optional.of(opened);
    opened
        .takeFindings()
        .forEach(found -> shell.output().note("The audit log is not as it was left: " + found));
  }

  @Override
  public void record(List<ChangeRecord> changes) {
    boolean isOpen = log.isPresent();
    if (!isOpen) {
      begin();
    }
    try {
      AuditLog opened = log.orElseThrow();
      opened.append(changes.stream().map(AuditEntry::of).toList());
      // The record is forced to the disk and signed before the change: after it, nothing may fail.
      var unused = opened.signHead();
    } finally {
      if (!isOpen) {
        end();
      }
    }
  }

  @Override
  public void end() {
    log.ifPresent(AuditLog::close);
    log = Optional.empty();
  }
}
