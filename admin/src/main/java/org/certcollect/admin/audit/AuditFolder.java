package org.certcollect.admin.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.PublicKey;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
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
  private static final int MAX_HEAD = 1 << 10;

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

  /** Whether there is a log, which was signed with a key. */
  boolean hasLog() {
    return Files.exists(publicKeyFile()) || !chains().isEmpty();
  }

  /** The last signed heads of all chains that have a valid one. */
  public List<AuditHead> heads() {
    List<AuditHead> heads = new ArrayList<>();
    for (String chain : chains()) {
      try {
        heads.add(head(chain, publicKey()));
      } catch (AuditException e) {
        // The verification tells.
      }
    }
    return heads;
  }

  /** The files of a chain, in the order of their records. */
  List<Path> segments(String chain) {
    return list(path().resolve(chain)).filter(file -> day(file).isPresent()).sorted().toList();
  }

  /** The day on which a file of a chain began; empty if its name is not one of such a file. */
  static Optional<LocalDate> day(Path file) {
    try {
      return name(file).matches(SEGMENT)
          ? Optional.of(LocalDate.parse(name(file).substring(13, 23)))
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The number of the first record of a file of a chain. */
  static long first(Path file) {
    return Long.parseLong(name(file).substring(0, 12));
  }

  /**
   * The last head of a chain that was signed. Each chain has one from its beginning on.
   *
   * @throws AuditException if the file is missing or something else, with the reason
   */
  AuditHead head(String chain, PublicKey key) {
    Path file = headFile(chain);
    if (Files.isSymbolicLink(path().resolve(chain))) {
      throw new AuditException("the folder of the chain is a symbolic link");
    }
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new AuditException("the signed head of the chain, the file head, is missing");
    }
    try (InputStream in =
        Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      AuditHead head =
          AuditHead.parse(new String(in.readNBytes(MAX_HEAD), ISO_8859_1))
              .orElseThrow(() -> new AuditException("the file head is no signed head"));
      if (!head.node().equals(chain)) {
        throw new AuditException("the file head is that of the chain " + head.node());
      }
      if (!head.isSignedBy(key)) {
        throw new AuditException(
            "the head of record " + head.seq() + " is not signed by the log's key");
      }
      return head;
    } catch (IOException e) {
      throw new AuditException(file, "read", e);
    }
  }

  Path headFile(String chain) {
    return path().resolve(chain).resolve("head");
  }

  /**
   * The key that verifies heads. A copy of the log need not have the other half.
   *
   * @throws AuditException if it is missing, or does not belong to the key that signs
   */
  PublicKey publicKey() {
    if (!Files.exists(publicKeyFile())) {
      throw new AuditException(
          publicKeyFile()
              + " is missing, which verifies signed heads. Copy it from your backup; the next start"
              + " of the server makes it again from audit.key");
    }
    PublicKey key = AuditKey.readPublic(publicKeyFile());
    if (Files.isReadable(keyFile()) && !AuditKey.readPublic(keyFile()).equals(key)) {
      throw new AuditException(
          "%s is not the public half of %s, so one of them was replaced: copy the right one from your backup"
              .formatted(publicKeyFile(), keyFile()));
    }
    return key;
  }

  public Path path() {
    return data.file(DataFolder.AUDIT);
  }

  Path keyFile() {
    return data.file(DataFolder.AUDIT_KEY);
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
