package org.certcollect.admin.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.certcollect.admin.AccountAdministration;
import org.certcollect.admin.PasswordHasher;
import org.certcollect.store.Store;
import org.certcollect.store.domain.PasswordHash;

/**
 * The passwords that an input gives in clear. Safe for use by many threads.
 *
 * @param isProtected whether nobody but its owner may read the input
 * @param allowShort whether a password may have fewer characters than an operator may give
 */
record PlainPasswords(Store store, PasswordHasher hasher, boolean isProtected, boolean allowShort) {
  private static final int MAX_LENGTH = 128;
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  /** Whether only the owner may read a file. */
  static boolean isProtected(Path file) throws IOException {
    return Files.getPosixFilePermissions(file).stream().noneMatch(OTHERS::contains);
  }

  /**
   * The hash of a password. If the account has this password already, it is the stored one, so that
   * the import can be repeated.
   */
  PasswordHash hash(String login, String password) {
    if (!isProtected) {
      throw new InvalidRecordException(
          "the password is in clear, and not only the owner of the file may read it: chmod 600 it");
    }
    int length = password.codePointCount(0, password.length());
    int min = allowShort ? 1 : AccountAdministration.MIN_LENGTH;
    if (length < min || length > MAX_LENGTH) {
      throw new InvalidRecordException(
          "the password must have "
              + min
              + " to "
              + MAX_LENGTH
              + (allowShort
                  ? " characters: give another one"
                  : " characters, or fewer with --allow-short: give another one"));
    }
    Optional<PasswordHash> stored =
        store
            .accounts()
            .find(login)
            .flatMap(a -> hasher.matching(password, List.of(a.passwordHash())));
    return stored.orElseGet(() -> hasher.hash(password));
  }
}
