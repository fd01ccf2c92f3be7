package org.certcollect.admin.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.certcollect.admin.AdminException;
import org.certcollect.admin.FileException;

/** The failure to write or read the audit log. Nothing that had to be recorded was done. */
public final class AuditException extends AdminException {
  private static final long serialVersionUID = 1;

  public AuditException(String message) {
    super(message);
  }

  AuditException(Path file, String failed, IOException cause) {
    super(
        "%s: the audit log cannot be %s: %s"
            .formatted(
                file,
                failed,
                Files.isSymbolicLink(file)
                    ? "this is a symbolic link, so put the file itself there"
                    : FileException.words(cause)));
    initCause(cause);
  }
}
