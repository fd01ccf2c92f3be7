package org.certcollect.store.jdbc.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.certcollect.store.CodeHash;
import org.certcollect.store.transfer.Loader;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.transfer.Outcome;
import org.certcollect.store.transfer.TransferRecord;

/** Loads records in several transactions at a time. Used by one thread at a time. */
final class LaneLoader implements Loader {
  private final List<Loader> lanes = new ArrayList<>();

  LaneLoader(int count, Supplier<Loader> lane) {
    for (int i = 0; i < count; i++) {
      lanes.add(lane.get());
    }
  }

  @Override
  public List<Outcome> load(List<TransferRecord> records) {
    return areApart(records) ? loadAtOnce(records) : lanes.get(0).load(records);
  }

  /** Whether no record needs one before it, or stands against another. */
  private static boolean areApart(List<TransferRecord> records) {
    Set<Long> numbers = new HashSet<>();
    Set<CodeHash> codes = new HashSet<>();
    for (TransferRecord record : records) {
      if (!(record instanceof OrderRecord order)
          || !numbers.add(order.number())
          || !order.code().map(codes::add).orElse(true)) {
        return false;
      }
    }
    return true;
  }

  private List<Outcome> loadAtOnce(List<TransferRecord> records) {
    List<List<Integer>> parts = parts(records);
    List<CompletableFuture<List<Outcome>>> loads = new ArrayList<>();
    for (int lane = 0; lane < lanes.size(); lane++) {
      Loader loader = lanes.get(lane);
      List<TransferRecord> some = parts.get(lane).stream().map(records::get).toList();
      loads.add(CompletableFuture.supplyAsync(() -> loader.load(some), LaneLoader::start));
    }
    try {
      // All have ended before one of them is let to fail.
      CompletableFuture.allOf(loads.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
    Outcome[] outcomes = new Outcome[records.size()];
    for (int lane = 0; lane < lanes.size(); lane++) {
      List<Integer> part = parts.get(lane);
      for (int i = 0; i < part.size(); i++) {
        outcomes[part.get(i)] = loads.get(lane).join().get(i);
      }
    }
    return List.copyOf(Arrays.asList(outcomes));
  }

  /** By account, as two transactions that lock the same account's row cost the database more. */
  private List<List<Integer>> parts(List<TransferRecord> records) {
    List<List<Integer>> parts = new ArrayList<>();
    for (int lane = 0; lane < lanes.size(); lane++) {
      parts.add(new ArrayList<>());
    }
    for (int i = 0; i < records.size(); i++) {
      String account = ((OrderRecord) records.get(i)).account();
      parts.get(Math.floorMod(account.hashCode(), lanes.size())).add(i);
    }
    return parts;
  }

  private static void start(Runnable load) {
    Thread thread = new Thread(load, "load");
    thread.setDaemon(true);
    thread.start();
  }
}
