package org.certcollect.store.jdbc.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.transfer.BulkLoader;
import org.certcollect.store.transfer.Loader;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.transfer.Outcome;
import org.certcollect.store.transfer.TransferRecord;

/**
 * A loader that uses several transactions at a time. The loader itself is used by one thread at a
 * time.
 */
final class ParallelLoader implements BulkLoader {
  private final List<BulkLoader> loaders = new ArrayList<>();

  ParallelLoader(int count, Supplier<BulkLoader> loader) {
    for (int i = 0; i < count; i++) {
      loaders.add(loader.get());
    }
  }

  @Override
  public List<Outcome> load(List<TransferRecord> records) {
    return areApart(records) ? loadAtOnce(records) : loaders.get(0).load(records);
  }

  @Override
  public void complete(Runnable step) {
    loaders.forEach(loader -> loader.complete(step));
  }

  /**
   * Whether the records are independent: none needs an earlier one, and no two exclude each other.
   */
  private static boolean areApart(List<TransferRecord> records) {
    Set<Long> numbers = new HashSet<>();
    Set<CodeHash> codes = new HashSet<>();
    Set<Long> ids = new HashSet<>();
    for (TransferRecord record : records) {
      if (!(record instanceof OrderRecord order)
          || !numbers.add(order.number())
          || !order.code().map(codes::add).orElse(true)
          || !order.certificateIds().stream().allMatch(ids::add)) {
        return false;
      }
    }
    return true;
  }

  private List<Outcome> loadAtOnce(List<TransferRecord> records) {
    List<List<Integer>> parts = parts(records);
    List<CompletableFuture<List<Outcome>>> loads = new ArrayList<>();
    for (int index = 0; index < loaders.size(); index++) {
      Loader loader = loaders.get(index);
      List<TransferRecord> some = parts.get(index).stream().map(records::get).toList();
      loads.add(CompletableFuture.supplyAsync(() -> loader.load(some), ParallelLoader::start));
    }
    try {
      // The failure of one load is thrown only after all loads have ended.
      CompletableFuture.allOf(loads.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
    Outcome[] outcomes = new Outcome[records.size()];
    for (int index = 0; index < loaders.size(); index++) {
      List<Integer> part = parts.get(index);
      for (int i = 0; i < part.size(); i++) {
        outcomes[part.get(i)] = loads.get(index).join().get(i);
      }
    }
    return List.copyOf(Arrays.asList(outcomes));
  }

  /**
   * Splits the records by account, because two transactions that lock the same account's row cost
   * the database more.
   */
  private List<List<Integer>> parts(List<TransferRecord> records) {
    List<List<Integer>> parts = new ArrayList<>();
    for (int index = 0; index < loaders.size(); index++) {
      parts.add(new ArrayList<>());
    }
    for (int i = 0; i < records.size(); i++) {
      String account = ((OrderRecord) records.get(i)).account();
      parts.get(Math.floorMod(account.hashCode(), loaders.size())).add(i);
    }
    return parts;
  }

  private static void start(Runnable load) {
    Thread thread = new Thread(load, "load");
    thread.setDaemon(true);
    thread.start();
  }
}
