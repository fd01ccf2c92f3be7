package org.certcollect.admin.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.certcollect.admin.PrivateFiles;

/**
 * A chain of the audit log that this process writes. Records are appended to one file until it is
 * large or the day (UTC) ends; then the next file goes on with the chain. A write that fails leaves
 * nothing, and the next one tries again. Safe for use by many threads.
 */
public final class AuditLog implements AutoCloseable {
  private static final Duration LOCK_PAUSE = Duration.ofMillis(5);
  private static final int MAX_TORN_TEXT = 200;

  /** The events that tell of what was found at the end of a chain. */
  static final String DAMAGED = "audit.damaged";

  static final String REPAIRED = "audit.repaired";
  static final String UNSYNCED = "audit.unsynced";

  private final AuditFolder folder;
  private final String chain;
  private final AuditConfig config;
  private final Clock clock;
  private final AuditKey key;
  private final AuditEncoder encoder;
  private final FileChannel lock;
  private final List<RandomAccessFile> retired = new ArrayList<>();
  private final List<String> findings = new ArrayList<>();

  /** The findings that could not be recorded yet. They come before any other record. */
  private final List<AuditEntry> unwritten = new ArrayList<>();

  private Optional<RandomAccessFile> segment = Optional.empty();

  private Path segmentPath;

  /** The key of the segment's file, which another file at that path does not have. */
  private Optional<Object> segmentKey = Optional.empty();

  private LocalDate day = LocalDate.MIN;

  /** The length of the records in the segment. The bytes after it are left of a failed write. */
  private long length;

  /** The bytes after these that a crash left there. They stay until it is recorded. */
  private byte[] torn = new byte[0];

  /** Whether the file may have another length, or its position another place. */
  private boolean dirty;

  /** The lock of forcing files to the disk. It is taken before the lock of this object. */
  private final Object syncing = new Object();

  /** The {@link System#nanoTime} of the first record that waits to be forced to the disk. */
  private volatile OptionalLong waitingSince = OptionalLong.empty();

  /** The same for those that are being forced to it. */
  private volatile OptionalLong syncingSince = OptionalLong.empty();

  /** Whether the disk failed, so that the records after the {@link #synced} one may be lost. */
  private volatile boolean syncFailed;

  private boolean closed;
  private long seq;
  private String hash = AuditLine.NO_HASH;

  /** The last record that is certainly on the disk. */
  private long synced;

  private String syncedHash = AuditLine.NO_HASH;
  private volatile long signed;

  private AuditLog(
      AuditFolder folder,
      String chain,
      AuditConfig config,
      Clock clock,
      AuditKey key,
      FileChannel lock) {
    segmentPath = folder.path();
    this.folder = folder;
    this.chain = chain;
    encoder = new AuditEncoder(chain);
    this.config = config;
    this.clock = clock;
    this.key = key;
    this.lock = lock;
  }

  /**
   * Opens a chain.
   *
   * @param waits whether to wait while another process has it
   * @return empty if another process has it
   */
  static Optional<AuditLog> open(
      AuditFolder folder, String chain, AuditConfig config, Clock clock, boolean waits) {
    Path path = folder.path().resolve(chain);
    folder.data().create();
    try {
      makeFolder(folder.path());
      AuditKey key = AuditKey.readOrCreate(folder);
      makeFolder(path);
      Path lockFile = path.resolve("lock");
      makeFile(lockFile);
      FileChannel lock =
          FileChannel.open(lockFile, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
      if (!lock(lock, waits)) {
        lock.close();
        return Optional.empty();
      }
      AuditLog log = new AuditLog(folder, chain, config, clock, key, lock);
      try {
        log.resume();
      } catch (IOException | RuntimeException e) {
        log.release();
        throw e;
      }
      return Optional.of(log);
    } catch (IOException e) {
      throw new AuditException(path, "opened", e);
    }
  }

  private static boolean lock(FileChannel file, boolean waits) throws IOException {
    while (true) {
      try {
        FileLock lock = waits ? file.lock() : file.tryLock();
        return lock != null;
      } catch (OverlappingFileLockException e) {
        // Another part of this process has it.
        if (!waits) {
          return false;
        }
        LockSupport.parkNanos(LOCK_PAUSE.toNanos());
      }
    }
  }

  /** Makes a folder. A link is none: the service's user could lead root to any file with it. */
  private static void makeFolder(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      try {
        Files.createDirectory(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        PrivateFiles.giveToOwnerOfFolder(path);
      } catch (FileAlreadyExistsException e) {
        // Another process has made it in the same instant.
      }
    }
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new NotDirectoryException(path + " is a link, or no folder");
    }
  }

  private static void makeFile(Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      try {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        PrivateFiles.giveToOwnerOfFolder(file);
      } catch (FileAlreadyExistsException e) {
        // Another process has made it in the same instant.
      }
    }
  }

  /** Finds the last record, and records damage that a crash or a stranger has left at the end. */
  private void resume() throws IOException {
    List<Path> segments = folder.segments(chain);
    for (int i = segments.size() - 1; i >= 0 && seq == 0; i--) {
      resume(segments.get(i), i == segments.size() - 1);
    }
    if (segments.isEmpty() && !Files.exists(folder.headFile(chain), LinkOption.NOFOLLOW_LINKS)) {
      // From now on a missing head tells that it was removed.
      writeHead(0, AuditLine.NO_HASH);
      return;
    }
    try {
      AuditHead head = folder.head(chain, key.publicHalf());
      if (head.seq() > seq || (head.seq() == seq && !head.hash().equals(hash))) {
        find(DAMAGED, "the log does not end with its signed head, nor after it: " + head);
      } else {
        signed = head.seq();
      }
    } catch (AuditException e) {
      find(DAMAGED, e.getMessage());
    }
    syncUnsigned(segments);
    requireSegment();
    syncFiles();
  }

  /** Forces each file to the disk that has records after the head: a kill may have come before. */
  private void syncUnsigned(List<Path> segments) throws IOException {
    for (int i = 0; i < segments.size(); i++) {
      if (i + 1 == segments.size() || AuditFolder.first(segments.get(i + 1)) > signed + 1) {
        FileChannel file;
        try {
          file =
              FileChannel.open(segments.get(i), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
          // An old file that is a link or has another owner keeps no server from starting.
          find(DAMAGED, new AuditException(segments.get(i), "opened", e).getMessage());
          continue;
        }
        try (file) {
          file.force(true);
        }
      }
    }
  }

  /** Keeps an entry for the next write, and its problem for the operator. */
  private AuditEntry find(String event, String problem) {
    AuditEntry finding = new AuditEntry(event).with("problem", problem);
    findings.add(AuditEntry.cut(problem));
    unwritten.add(finding);
    return finding;
  }

  private void resume(Path file, boolean isLast) throws IOException {
    SegmentEnd end = SegmentEnd.of(file);
    seq = end.last().map(AuditLine::seq).orElse(0L);
    hash = end.last().map(AuditLine::hash).orElse(AuditLine.NO_HASH);
    if (end.isDamaged()) {
      find(DAMAGED, "the last line of " + file.getFileName() + " is no record");
    }
    if (end.torn().length > 0) {
      find(REPAIRED, "a line was cut off as it was written")
          .with("bytes", end.torn().length)
          .with("text", end.tornText(MAX_TORN_TEXT));
    }
    if (isLast) {
      useSegment(file);
      length = end.length();
      torn = end.torn();
      day = AuditFolder.day(file).orElseThrow();
    }
  }

  /** Writes to a file from now on. A link is refused before anything is written. */
  private void useSegment(Path file) throws IOException {
    Optional<Object> before = key(file);
    RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw");
    if (!key(file).equals(before)) {
      opened.close();
      throw new IOException(file.getFileName() + " was replaced as it was opened");
    }
    segmentKey = before;
    segmentPath = file;
    segment.ifPresent(retired::add);
    segment = Optional.of(opened);
    torn = new byte[0];
    dirty = true;
  }

  private static Optional<Object> key(Path file) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile()) {
      throw new IOException(file.getFileName() + " is not a regular file");
    }
    return Optional.ofNullable(attributes.fileKey());
  }

  /**
   * Begins another file if the present one was removed, replaced or changed in length while it is
   * open: records in a file without a name are lost. Records what was found, if it is not yet.
   */
  private synchronized void requireSegment() {
    if (segment.isPresent() && !isInPlace()) {
      retired.add(segment.get());
      segment = Optional.empty();
      dirty = false;
      find(DAMAGED, segmentPath.getFileName() + " was removed or changed while it was written");
    }
    if (!unwritten.isEmpty()) {
      write(List.of());
    }
  }

  /**
   * Whether the file of the segment is as it was left. True also if the file cannot be looked at: a
   * folder without access, or a disk that fails, is told by the next head that cannot be written.
   */
  private boolean isInPlace() {
    try {
      BasicFileAttributes now =
          Files.readAttributes(segmentPath, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return now.isRegularFile()
          && Optional.ofNullable(now.fileKey()).equals(segmentKey)
          && (dirty || now.size() == length);
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** The problems that were found since the last call, for the operator. */
  public synchronized List<String> takeFindings() {
    List<String> taken = List.copyOf(findings);
    findings.clear();
    return taken;
  }

  /** Whether the chain has no record yet. */
  public synchronized boolean isEmpty() {
    return seq == 0;
  }

  public AuditFolder folder() {
    return folder;
  }

  /** The name of the chain. */
  public String chain() {
    return chain;
  }

  /**
   * Appends entries as records, by one write. When this method returns, they survive the end of
   * this process; and that of the machine after the next {@link #sync}, or at once if the settings
   * say so.
   *
   * @throws AuditException if they cannot be written; then none of them was
   */
  public void append(List<AuditEntry> entries) {
    // This needs no lock, which a thread that waits for a failing disk may hold for long.
    if (syncFailed) {
      throw new AuditException(folder.path().resolve(chain) + ": the disk of the audit log fails");
    }
    write(entries);
  }

  private synchronized void write(List<AuditEntry> entries) {
    if (closed) {
      throw new AuditException(folder.path().resolve(chain) + ": the audit log is closed");
    }
    try {
      Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      // This comes before a new file begins: the rest of a failed write must not stay in the old
      // one.
      settle();
      RandomAccessFile file = current(LocalDate.ofInstant(now, ZoneOffset.UTC));
      settle();
      encoder.clear();
      long next = seq;
      String last = hash;
      List<AuditEntry> all = new ArrayList<>(unwritten);
      all.addAll(entries);
      for (AuditEntry entry : all) {
        next++;
        last = encoder.add(next, now, entry, last);
      }
      dirty = true;
      file.write(encoder.bytes(), 0, encoder.length());
      if (torn.length > 0) {
        file.setLength(file.getFilePointer());
      }
      if (config.syncsAlways()) {
        file.getFD().sync();
      }
      dirty = false;
      length += encoder.length();
      seq = next;
      hash = last;
      unwritten.clear();
      torn = new byte[0];
      if (config.syncsAlways()) {
        isSynced(next, last);
      } else if (waitingSince.isEmpty()) {
        waitingSince = OptionalLong.of(System.nanoTime());
      }
    } catch (IOException e) {
      throw new AuditException(folder.path().resolve(chain), "written", e);
    }
  }

  private void settle() throws IOException {
    if (dirty && segment.isPresent()) {
      segment.get().seek(length);
      segment.get().write(torn);
      segment.get().setLength(length + torn.length);
      segment.get().seek(length);
      dirty = false;
    }
  }

  /** The file for the next record, which may be a new one. */
  private RandomAccessFile current(LocalDate today) throws IOException {
    if (segment.isPresent()
        && (length == 0
            || torn.length > 0
            || (length < config.segmentBytes() && !today.isAfter(day)))) {
      return segment.get();
    }
    Path file =
        folder
            .path()
            .resolve(chain)
            .resolve(String.format(Locale.ROOT, "%012d-%s.jsonl", seq + 1, today));
    makeFile(file);
    useSegment(file);
    day = today;
    length = 0;
    return segment.orElseThrow();
  }

  /**
   * Forces to the disk what was appended before. If the disk failed before, that cannot be made
   * good: Linux forgets the pages that it could not write, and a later call for the same file
   * succeeds. Then another file begins with a record of what may be lost, and is forced to the
   * disk.
   *
   * @throws AuditException if the disk fails; until a call succeeds, nothing can be appended
   */
  public void sync() {
    synchronized (syncing) {
      try {
        if (syncFailed) {
          beginAnew();
        } else {
          try {
            requireSegment();
          } finally {
            // The records before a finding that cannot be written do not wait for it.
            syncFiles();
          }
        }
        syncFailed = false;
      } catch (IOException e) {
        syncFailed = true;
        throw new AuditException(folder.path().resolve(chain), "forced to the disk", e);
      }
    }
  }

  private void syncFiles() throws IOException {
    List<RandomAccessFile> ended;
    Optional<RandomAccessFile> present;
    long last;
    String lastHash;
    synchronized (this) {
      last = seq;
      lastHash = hash;
      ended = List.copyOf(retired);
      present = segment.filter(file -> waitingSince.isPresent());
      syncingSince = waitingSince;
      waitingSince = OptionalLong.empty();
    }
    for (RandomAccessFile file : ended) {
      try (file) {
        file.getFD().sync();
      }
      synchronized (this) {
        retired.remove(file);
      }
    }
    if (present.isPresent()) {
      present.get().getFD().sync();
    }
    syncingSince = OptionalLong.empty();
    isSynced(last, lastHash);
  }

  private synchronized void isSynced(long last, String lastHash) {
    if (last > synced) {
      synced = last;
      syncedHash = lastHash;
    }
  }

  private synchronized void beginAnew() throws IOException {
    long first = seq;
    String firstHash = hash;
    List<AuditEntry> found = List.copyOf(unwritten);
    try {
      // A file that an attempt before this one has begun is written anew.
      day = length == 0 ? day : LocalDate.MIN;
      write(
          List.of(
              new AuditEntry(UNSYNCED)
                  .with("problem", "the disk failed; records before this one may be lost")
                  .with("first", synced + 1)
                  .with("last", seq)));
      segment.orElseThrow().getFD().sync();
      for (RandomAccessFile file : retired) {
        file.close();
      }
      retired.clear();
      waitingSince = OptionalLong.empty();
      syncingSince = OptionalLong.empty();
      isSynced(seq, hash);
    } catch (IOException | AuditException e) {
      length = segment.isPresent() && seq > first ? 0 : length;
      seq = first;
      hash = firstHash;
      unwritten.clear();
      unwritten.addAll(found);
      dirty = true;
      throw e;
    }
  }

  /** The time for which the oldest record has waited that may not be on the disk; zero for none. */
  public Duration lag() {
    long now = System.nanoTime();
    OptionalLong since = syncingSince.isPresent() ? syncingSince : waitingSince;
    return since.isPresent() ? Duration.ofNanos(now - since.getAsLong()) : Duration.ZERO;
  }

  /**
   * Forces the records to the disk, signs the last of them, and writes this head to its file. No
   * head names a record that a disk which failed may have lost. One thread at a time may call it.
   *
   * @return the head; empty if it has not moved since the last call
   */
  public Optional<AuditHead> signHead() {
    sync();
    long last;
    String lastHash;
    synchronized (this) {
      last = synced;
      lastHash = syncedHash;
    }
    if (last == signed) {
      return Optional.empty();
    }
    AuditHead head = writeHead(last, lastHash);
    signed = last;
    return Optional.of(head);
  }

  private AuditHead writeHead(long last, String lastHash) {
    AuditHead head = AuditHead.sign(chain, last, lastHash, key);
    PrivateFiles.replace(folder.headFile(chain), (head + "\n").getBytes(US_ASCII));
    return head;
  }

  /** Signs the head and lets another process have the chain. Nothing can be appended after it. */
  @Override
  public void close() {
    try {
      signHead();
    } finally {
      release();
    }
  }

  private synchronized void release() {
    closed = true;
    try (lock) {
      try {
        settle();
      } finally {
        if (segment.isPresent()) {
          segment.get().close();
        }
      }
    } catch (IOException e) {
      // All that was acknowledged is in the file.
    }
  }
}
