package org.certcollect.cli.verb;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.certcollect.admin.CollectionCodeKey;
import org.certcollect.admin.DataFolder;
import org.certcollect.cli.config.ConfigurationReader;
import org.certcollect.cli.output.Output;
import org.certcollect.store.Actor;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.Store;

/** What every verb runs in: its surroundings, the options that all verbs share, and its output. */
public final class Shell {
  private final Surroundings surroundings;
  private final GlobalOptions options;
  private final Output output;
  private Optional<DataFolder> instead = Optional.empty();

  public Shell(Surroundings surroundings, GlobalOptions options) {
    this.surroundings = surroundings;
    this.options = options;
    this.output = new Output(surroundings.out(), surroundings.err());
  }

  public Surroundings surroundings() {
    return surroundings;
  }

  public Output output() {
    return output;
  }

  public Clock clock() {
    return surroundings.clock();
  }

  public DataFolder dataFolder() {
    return instead.orElseGet(() -> new DataFolder(options.data(environment())));
  }

  /** Has another folder from now on; the configuration stays the one of the first. */
  void workIn(DataFolder folder) {
    instead = Optional.of(folder);
  }

  public ConfigurationReader configuration() {
    return new ConfigurationReader(
        environment(), options.data(environment()), options.config().map(Path::toAbsolutePath));
  }

  /**
   * Refuses a file of certcollect's own, wherever it lies, as one that is given to read or write.
   */
  public void requireNotOwn(Path given) {
    dataFolder().requireNotOwn(given, configuration().files());
  }

  /** The configured key of the store's codes, or the data folder's own. */
  public CollectionCodeKey keyOfCodes(Store store) {
    return new CollectionCodeKey(configuration().read().codesKey(), dataFolder(), store);
  }

  /** The store's codes, as this node has their key. */
  public CollectionCodes codes(Store store) {
    return keyOfCodes(store).use(actor());
  }

  /** Who makes the changes of this run. */
  public Actor actor() {
    String name = "cli:" + surroundings.user();
    return new Actor(name.substring(0, Math.min(128, name.length())));
  }

  public boolean debug() {
    return options.debug(environment());
  }

  private Map<String, String> environment() {
    return surroundings.environment();
  }
}
