package org.certcollect.admin.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.certcollect.admin.DataFolder;

/**
 * The folder {@code audit} of a data folder. Each chain has a folder in it, which is named for the
 * node; each file of a chain is named for the number of its first record and the day that it began.
 */
public record AuditFolder(DataFolder data) {
  private static final String SEGMENT = "[0-9]{12}-[0-9]{4}-[0-9]{2}-[0-9]{2}\\.jsonl";
  private static final int MAX_SERVERS = 100;

  /** The folder of the audit log in a data folder. */
  public static AuditFolder in(DataFolder data) {
    return new AuditFolder(data);
  }

  /**
   * Opens the chain of a server for writing. A second server of the same name on this folder gets a
   * chain of its own.
   *
   * @throws AuditException if it cannot be written
   */
  public AuditLog openForServer(AuditConfig config, Clock clock) {
    for (int i = 1; i < MAX_SERVERS; i++) {
      String chain = i == 1 ? config.node() : config.node() + "~" + i;
      Optional<AuditLog> log = AuditLog.open(this, chain, config, clock, false);
      if (log.isPresent()) {
        return log.get();
      }
    }
    throw new AuditException(path() + ": too many servers write this audit log");
  }

  /** Opens the chain that the command line's processes share, and waits until no other has it. */
  public AuditLog openForCommand(AuditConfig config, Clock clock) {
    return AuditLog.open(this, config.node() + "~cli", config, clock, true).orElseThrow();
  }

  /** The names of all chains. */
  public List<String> chains() {
    return list(path()).filter(Files::isDirectory).map(AuditFolder::name).sorted().toList();
  }

  /** The files of a chain, in the order of their records. */
  List<Path> segments(String chain) {
    return list(path().resolve(chain))
        .filter(file -> name(file).matches(SEGMENT))
        .sorted()
        .toList();
  }

  /** The last head that was signed; empty if there is none yet. */
  Optional<AuditHead> head(String chain) {
    try {
      return AuditHead.parse(Files.readString(headFile(chain)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  Path headFile(String chain) {
    return path().resolve(chain).resolve("head");
  }

  PublicKey publicKey() {
    return AuditKey.readPublic(publicKeyFile());
  }

  public Path path() {
    return data.file("audit");
  }

  Path keyFile() {
    return data.file("audit.key");
  }

  Path publicKeyFile() {
    return path().resolve("public.pem");
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static Stream<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new AuditException(folder, "read", e);
    }
  }
}
