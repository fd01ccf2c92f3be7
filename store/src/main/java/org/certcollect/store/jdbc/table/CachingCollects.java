package org.certcollect.store.jdbc.table;

import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.certcollect.store.IssuedReference;
import org.certcollect.store.NonBlockingCollects;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.jdbc.BoundedMap;
import org.certcollect.store.jdbc.Database;
import org.certcollect.store.jdbc.Work;
import org.certcollect.store.x509.VerifiedChain;

/**
 * The reads of one thread, which cache what they found until {@link #refresh} sees a change of the
 * database. Used by one thread at a time.
 */
public final class CachingCollects implements NonBlockingCollects {
  /** Many cores have many threads with a cache each: some 50 MB in all for two ports. */
  private static final int MAX_ENTRIES =
      Math.min(10_000, 20_000 / Runtime.getRuntime().availableProcessors());

  /** The details of an order may name 2,000 domains; few orders have more than this. */
  private static final int MAX_DOMAINS = 10;

  private final Database database;
  private final Work<Boolean> changed;
  private final BooleanSupplier ended;
  private final JdbcCollects collects;
  private final Map<Claim, Optional<AccountAndOrder>> cached = new BoundedMap<>(MAX_ENTRIES);
  private final Map<CodeHash, OrderStatus> codes = new BoundedMap<>(MAX_ENTRIES);
  private final Map<DetailsKey, ValidationDetails> details = new BoundedMap<>(MAX_ENTRIES);

  /**
   * A database for one thread, by a connection of its own that never waits for a lock.
   *
   * @param changed whether anything may have been committed since it was last asked
   */
  public record NonBlocking(Database database, Work<Boolean> changed) {}

  private record Claim(String login, long number, boolean ofCertificate) {}

  private record DetailsKey(long order, Optional<IssuedReference> certificate) {}

  /**
   * @param ended whether the store was closed; then nothing more is read
   */
  public CachingCollects(NonBlocking own, BooleanSupplier ended) {
    this.ended = ended;
    database = own.database();
    changed = own.changed();
    collects = new JdbcCollects(database);
  }

  @Override
  public void refresh() {
    if (ended.getAsBoolean()) {
      close();
    }
    if (database.read(changed)) {
      clear();
    }
  }

  @Override
  public Optional<AccountAndOrder> byLogin(String login, long orderNumber) {
    return find(new Claim(login, orderNumber, false));
  }

  @Override
  public Optional<AccountAndOrder> byCertificate(String login, long certificateId) {
    return find(new Claim(login, certificateId, true));
  }

  private Optional<AccountAndOrder> find(Claim claim) {
    Optional<AccountAndOrder> found = cached.get(claim);
    if (found == null) {
      found =
          claim.ofCertificate
              ? collects.byCertificate(claim.login, claim.number)
              : collects.byLogin(claim.login, claim.number);
      // Logins that nobody has are a stranger's to choose, and their number is unbounded.
      if (found.isPresent()) {
        cached.put(claim, found);
      }
    }
    return found;
  }

  @Override
  public Optional<OrderStatus> byCode(CodeHash code) {
    OrderStatus known = codes.get(code);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<OrderStatus> found = collects.byCode(code);
    found.ifPresent(order -> codes.put(code, order));
    return found;
  }

  @Override
  public ValidationDetails details(long orderNumber, Optional<IssuedReference> certificate) {
    DetailsKey key = new DetailsKey(orderNumber, certificate);
    ValidationDetails known = details.get(key);
    if (known != null) {
      return known;
    }
    ValidationDetails found = collects.details(orderNumber, certificate);
    if (found.validation().domains().size() <= MAX_DOMAINS) {
      details.put(key, found);
    }
    return found;
  }

  @Override
  public VerifiedChain chain(IssuedReference reference) {
    return collects.chain(reference);
  }

  private void clear() {
    cached.clear();
    codes.clear();
    details.clear();
  }

  @Override
  public void close() {
    clear();
    database.close();
  }
}
