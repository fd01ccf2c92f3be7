package org.certcollect.cli.config;

import static java.nio.file.attribute.PosixFilePermission.OTHERS_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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
    return files(configuration)
        .distinct()
        .filter(SecretFiles::isOpenToAll)
        .map(
            file ->
                "%s holds a secret, and every user of this machine may read it: run `chmod o= %s`"
                    .formatted(file, file));
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
  private static boolean isOpenToAll(Path file) {
    try {
      Path real = file.toRealPath();
      if (!Files.getPosixFilePermissions(real).contains(OTHERS_READ)) {
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
}
