package org.certcollect.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.certcollect.store.domain.PasswordHash;

/**
 * Hashes passwords with Argon2id (RFC 9106): 19 MiB, two passes, one lane. It verifies hashes of
 * any cost up to the maximums below. One call takes tens of milliseconds, and the memory of the
 * hash: calls that together would take more than a quarter of the heap wait for each other. Safe
 * for use by many threads.
 */
public final class PasswordHasher {
  private static final int MEMORY_KIB = 19_456;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int MAX_MEMORY_KIB = 65_536;
  private static final int MAX_PASSES = 10;
  private static final int MAX_LANES = 16;

  private static final int MIN_BCRYPT_COST = 4;

  /** A check takes half a second; each step up doubles it. */
  private static final int MAX_BCRYPT_COST = 13;

  private static final Pattern BCRYPT =
      Pattern.compile("\\$2[aby]\\$(0[4-9]|1[0-9])\\$[./A-Za-z0-9]{53}");

  /** The part of the heap that the checks under way may take. */
  private static final int HEAP_DIVISOR = 4;

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  /** A description of the hashes that can be verified, for messages. */
  public static final String VERIFIABLE =
      String.format(
          Locale.ROOT,
          "an argon2id PHC string with m up to %d, t up to %d and p up to %d, or a bcrypt hash"
              + " ($2a$, $2b$, $2y$) with a cost from 4 to %d",
          MAX_MEMORY_KIB,
          MAX_PASSES,
          MAX_LANES,
          MAX_BCRYPT_COST);

  /** A hash of no password at the usual cost. Unknown logins are verified against it. */
  private static final PasswordHash NOBODY =
      new PasswordHash(phc(new byte[SALT_BYTES], new byte[HASH_BYTES]));

  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,6}),t=(\\d{1,2}),p=(\\d{1,2})\\$([A-Za-z0-9+/]{11,})\\$([A-Za-z0-9+/]{22,})");

  private final SecureRandom random = new SecureRandom();

  /** The memory of each thread, reused so that a check does not leave 19 MiB of garbage. */
  private final ThreadLocal<FixedBlockPool> blocks =
      ThreadLocal.withInitial(
          () -> new FixedBlockPool(Argon2BytesGenerator.getBlockCount(MEMORY_KIB, LANES)));

  private final int budgetKib;
  private final Semaphore budget;

  public PasswordHasher() {
    this(Runtime.getRuntime().maxMemory() / HEAP_DIVISOR);
  }

  PasswordHasher(long maxBytes) {
    budgetKib = (int) Math.max(1, Math.min(maxBytes >> 10, Integer.MAX_VALUE));
    budget = new Semaphore(budgetKib, true);
  }

  /** The number of checks at the usual cost that run at the same time; at least one. */
  public int maxConcurrentChecks() {
    return Math.max(1, budgetKib / MEMORY_KIB);
  }

  /** Hashes a password with a new salt. */
  public PasswordHash hash(String password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return hash(password, salt);
  }

  /**
   * Hashes a password that is to be valid beside another one, with the salt of that one if it has
   * the usual cost: one computation then checks both, so that a refusal takes no longer.
   */
  public PasswordHash hashBeside(String password, PasswordHash other) {
    Matcher phc = PHC.matcher(other.phc());
    byte[] salt = phc.matches() ? Base64.getDecoder().decode(phc.group(4)) : new byte[0];
    boolean isUsual = other.phc().startsWith(phc(salt, new byte[0]));
    return isUsual && salt.length == SALT_BYTES ? hash(password, salt) : hash(password);
  }

  private PasswordHash hash(String password, byte[] salt) {
    byte[] hash = argon2(password, salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES);
    return new PasswordHash(phc(salt, hash));
  }

  /**
   * Whether a password is the one that was hashed.
   *
   * @throws IllegalArgumentException if {@link #canVerify} refuses the hash
   */
  public boolean verify(String password, PasswordHash expected) {
    return matching(password, List.of(expected)).isPresent();
  }

  /**
   * Finds the hash of an account for which a password is right. Each call does the same work: that
   * of the usual hash, and that of bcrypt at the highest cost that any account has.
   *
   * @param hashes those of the account; none for a login that no account has
   * @param bcryptCost that highest cost; 0 if no account has a bcrypt hash
   * @throws IllegalArgumentException if {@link #canVerify} refuses a hash
   */
  public Optional<PasswordHash> matching(
      String password, List<PasswordHash> hashes, int bcryptCost) {
    Optional<PasswordHash> match = matching(password, hashes);
    if (hashes.stream().allMatch(PasswordHasher::isBcrypt)) {
      boolean unused = verify(password, NOBODY);
    }
    // The cost is the logarithm of the work. The missing work is a sum of powers of two.
    int done = hashes.stream().mapToInt(PasswordHasher::bcryptWork).sum();
    int missing = Math.max(0, work(bcryptCost) - done);
    for (int cost = MIN_BCRYPT_COST; cost <= MAX_BCRYPT_COST; cost++) {
      if ((missing & work(cost)) != 0) {
        boolean unused = checkBcrypt(password, nobody(cost));
      }
    }
    return match;
  }

  private static int work(int bcryptCost) {
    return bcryptCost < MIN_BCRYPT_COST ? 0 : 1 << Math.min(bcryptCost, MAX_BCRYPT_COST);
  }

  private static int bcryptWork(PasswordHash hash) {
    Matcher bcrypt = BCRYPT.matcher(hash.phc());
    return bcrypt.matches() ? work(Integer.parseInt(bcrypt.group(1))) : 0;
  }

  /** A bcrypt hash of no password. */
  private static PasswordHash nobody(int bcryptCost) {
    String cost = (bcryptCost < 10 ? "0" : "") + bcryptCost;
    return new PasswordHash("$2b$" + cost + "$" + ".".repeat(53));
  }

  /**
   * Finds the hash for which a password is right. Hashes with the same salt and cost are one
   * computation.
   *
   * @throws IllegalArgumentException if {@link #canVerify} refuses a hash
   */
  public Optional<PasswordHash> matching(String password, List<PasswordHash> hashes) {
    Map<String, byte[]> computed = new HashMap<>();
    Optional<PasswordHash> match = Optional.empty();
    for (PasswordHash hash : hashes) {
      // Each hash is checked, so that the time does not tell which one is right.
      boolean right =
          isBcrypt(hash) ? checkBcrypt(password, hash) : checkArgon2(password, hash, computed);
      match = right && match.isEmpty() ? Optional.of(hash) : match;
    }
    return match;
  }

  /**
   * A better hash of a password that is known to be right for one of an account's hashes; empty if
   * that is good enough.
   *
   * @param hashes all hashes of the account, with whose salt it is made if there are others
   */
  public Optional<PasswordHash> better(
      String password, PasswordHash right, List<PasswordHash> hashes) {
    if (!isBcrypt(right)) {
      return Optional.empty();
    }
    return hashes.stream()
        .filter(other -> !other.equals(right))
        .findFirst()
        .map(other -> hashBeside(password, other))
        .or(() -> Optional.of(hash(password)));
  }

  private static boolean isBcrypt(PasswordHash hash) {
    Matcher bcrypt = BCRYPT.matcher(hash.phc());
    return bcrypt.matches() && Integer.parseInt(bcrypt.group(1)) <= MAX_BCRYPT_COST;
  }

  /** Checks the first 72 bytes of a password; bcrypt takes no more of them. */
  private static boolean checkBcrypt(String password, PasswordHash hash) {
    return OpenBSDBCrypt.checkPassword(hash.phc(), password.getBytes(StandardCharsets.UTF_8));
  }

  private boolean checkArgon2(
      String password, PasswordHash expected, Map<String, byte[]> computed) {
    Matcher phc = PHC.matcher(expected.phc());
    if (!isAffordable(phc)) {
      throw new IllegalArgumentException("a password hash is not " + VERIFIABLE);
    }
    byte[] salt = Base64.getDecoder().decode(phc.group(4));
    byte[] hash = Base64.getDecoder().decode(phc.group(5));
    byte[] actual =
        computed.computeIfAbsent(
            expected.phc().substring(0, phc.start(5)) + hash.length,
            unused ->
                argon2(
                    password,
                    salt,
                    Integer.parseInt(phc.group(1)),
                    Integer.parseInt(phc.group(2)),
                    Integer.parseInt(phc.group(3)),
                    hash.length));
    return MessageDigest.isEqual(hash, actual);
  }

  /** Whether {@link #verify} can check a hash that was made elsewhere. */
  public static boolean canVerify(PasswordHash hash) {
    return isBcrypt(hash) || isAffordable(PHC.matcher(hash.phc()));
  }

  /** Whether a check takes so little memory and time that a server can afford it. */
  private static boolean isAffordable(Matcher phc) {
    if (!phc.matches()) {
      return false;
    }
    int memoryKib = Integer.parseInt(phc.group(1));
    int passes = Integer.parseInt(phc.group(2));
    int lanes = Integer.parseInt(phc.group(3));
    return lanes >= 1
        && lanes <= MAX_LANES
        && memoryKib >= 8 * lanes
        && memoryKib <= MAX_MEMORY_KIB
        && passes >= 1
        && passes <= MAX_PASSES;
  }

  private byte[] argon2(
      String password, byte[] salt, int memoryKib, int passes, int lanes, int length) {
    // A hash that takes more than the whole budget runs alone.
    int kib = Math.min(memoryKib, budgetKib);
    budget.acquireUninterruptibly(kib);
    try {
      return argon2InBudget(password, salt, memoryKib, passes, lanes, length);
    } finally {
      budget.release(kib);
    }
  }

  private byte[] argon2InBudget(
      String password, byte[] salt, int memoryKib, int passes, int lanes, int length) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .withBlockPool(blocks.get())
            .build());
    byte[] hash = new byte[length];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }

  private static String phc(byte[] salt, byte[] hash) {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return String.format(
        Locale.ROOT,
        "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s",
        MEMORY_KIB,
        PASSES,
        LANES,
        base64.encodeToString(salt),
        base64.encodeToString(hash));
  }
}
