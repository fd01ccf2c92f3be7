package org.certcollect.cli.config;

import static java.nio.file.attribute.PosixFilePermission.OTHERS_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.certcollect.server.config.MailConfig;
import org.certcollect.server.config.TlsConfig;
import org.certcollect.server.config.TlsConfig.PemFiles;
import org.certcollect.server.config.TlsConfig.Pkcs11Key;
import org.certcollect.server.config.TlsConfig.Pkcs12File;

/** The configured files that hold a key, a password or a PIN. */
final class SecretFiles {
  private SecretFiles() {}

  /** A warning for each file that every user of the machine may read. */
  static Stream<String> warnings(Configuration configuration) {
    return warnings(configuration, SecretFiles::isReadOnly);
  }

  /**
   * The same warnings.
   *
   * @param isReadOnly whether a file is on a read-only file system, so that nobody here can change
   *     its mode
   */
  static Stream<String> warnings(Configuration configuration, Predicate<Path> isReadOnly) {
    return files(configuration)
        .distinct()
        .filter(file -> isOpenToAll(file, isReadOnly))
        .map(SecretFiles::warning);
  }

  /**
   * The cure begins with the group, because a service may read the file only as one of all users.
   */
  private static String warning(Path file) {
    String word = shellWord(file.toString());
    return file
        + " holds a secret, and every user of this machine may read it: let only the service's user"
        + " or group read it, for example `chgrp certcollect "
        + word
        + " && chmod 640 "
        + word
        + "`";
  }

  private static String shellWord(String text) {
    return text.matches("[\\w/.,:@%+=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  private static Stream<Path> files(Configuration configuration) {
    Stream<Optional<Path>> passwords =
        Stream.of(
            configuration.codesKey(),
            configuration
                .store()
                .filter(store -> store.password().isEmpty())
                .flatMap(StoreConfig::passwordFile),
            configuration.mail().map(MailConfig::smtp).flatMap(MailConfig.Smtp::passwordFile));
    return Stream.concat(
        configuration.tls().stream()
            .flatMap(tls -> tls.files().stream())
            .flatMap(SecretFiles::files),
        passwords.flatMap(Optional::stream));
  }

  private static Stream<Path> files(TlsConfig.TlsKeyFiles key) {
    if (key instanceof PemFiles pem) {
      return Stream.of(pem.key());
    }
    if (key instanceof Pkcs12File store) {
      return Stream.concat(Stream.of(store.keyStore()), store.password().stream());
    }
    return ((Pkcs11Key) key).pin().stream();
  }

  /**
   * Whether every user may read a file. It may be shared with a group, as that of a service, and
   * its mode does not matter in a folder that others may not enter.
   */
  private static boolean isOpenToAll(Path file, Predicate<Path> isReadOnly) {
    try {
      Path real = file.toRealPath();
      if (!Files.getPosixFilePermissions(real).contains(OTHERS_READ) || isReadOnly.test(real)) {
        return false;
      }
      for (Path folder = real.getParent(); folder != null; folder = folder.getParent()) {
        if (!Files.getPosixFilePermissions(folder).contains(OTHERS_EXECUTE)) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      // The reader of the file tells what is wrong with it.
      return false;
    }
  }

  private static boolean isReadOnly(Path file) {
    try {
      return Files.getFileStore(file).isReadOnly();
    } catch (IOException e) {
      // The JDK does not find every mount, for example in a chroot.
      return false;
    }
  }
}
