package org.certcollect.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The last time that the certificates of each order were handed out. It is written a few seconds
 * later and may miss what was handed out just before a crash; the audit log misses nothing.
 */
public interface LastCollects {
  /**
   * Keeps collects. Of those of one order, the latest is kept, whoever writes first. Those of an
   * order that was removed or by an account that was disabled meanwhile are dropped. Many are kept
   * by several transactions. If one of these fails, those of the earlier ones are kept.
   *
   * @param done is told of the collects of each transaction after its end
   */
  void put(Collection<LastCollect> collects, Consumer<List<LastCollect>> done);

  /** Keeps collects. */
  default void put(Collection<LastCollect> collects) {
    put(collects, done -> {});
  }

  /** The last collect of an order; empty if there was none. */
  Optional<LastCollect> of(long order);

  /**
   * A collect.
   *
   * @param account id of the account that collected; empty if a collection code did
   * @param login the login of that account, if there still is one; not used by {@link #put}
   * @param source the network that the request came from
   */
  record LastCollect(
      long order, Instant at, OptionalLong account, Optional<String> login, String source) {
    /** The collector in words: the login, unless there is none. */
    public String by() {
      return account.isEmpty() ? "a collection code" : login.orElse("a removed account");
    }
  }
}
