package org.certcollect.store.domain;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The exception for a native library that cannot be unpacked into the temporary folder or cannot be
 * loaded from there.
 */
public final class NativeLibraryException extends StoreException {
  private static final long serialVersionUID = 1;

  private final String folder;

  /**
   * Creates the exception.
   *
   * @param problem a clause whose subject is the folder
   */
  public NativeLibraryException(Path folder, String problem, @Nullable Throwable cause) {
    super(
        "SQLite's library cannot be loaded from the temporary folder "
            + folder
            + ", which "
            + problem,
        cause);
    this.folder = folder.toString();
  }

  /** The temporary folder. */
  public String folder() {
    return folder;
  }
}
