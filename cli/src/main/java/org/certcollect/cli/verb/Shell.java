package org.certcollect.cli.verb;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.certcollect.admin.CollectionCodeKey;
import org.certcollect.admin.DataFolder;
import org.certcollect.admin.InputFiles;
import org.certcollect.admin.OrderAdministration;
import org.certcollect.cli.config.ConfigurationReader;
import org.certcollect.cli.output.Output;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;

/** The context of a verb: surroundings, global options, and output. */
public final class Shell {
  private final Surroundings surroundings;
  private final GlobalOptions options;
  private final Output output;
  private boolean standardInputIsTaken;
  private Optional<DataFolder> instead = Optional.empty();

  public Shell(Surroundings surroundings, GlobalOptions options) {
    this.surroundings = surroundings;
    this.options = options;
    this.output =
        new Output(
            surroundings.out(),
            surroundings.err(),
            surroundings.columns(),
            surroundings.program(),
            surroundings.colours());
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

  /**
   * Reads a file that an option names. The name {@code -} is standard input, which can be read only
   * once.
   */
  public byte[] read(Path file) {
    if (!isStandard(file)) {
      return InputFiles.read(file);
    }
    if (standardInputIsTaken) {
      throw CommandException.usage("standard input can be read only once: name files for the rest");
    }
    standardInputIsTaken = true;
    return InputFiles.read(surroundings.in());
  }

  /** Reads a text file that an option names, or standard input, without a byte order mark. */
  public String text(Path file) {
    return InputFiles.text(read(file), Path.of(name(file)));
  }

  public static String name(Path file) {
    return isStandard(file) ? "standard input" : file.toString();
  }

  /** Whether a name of a file stands for standard input, or for standard output. */
  public static boolean isStandard(Path file) {
    return file.toString().equals("-");
  }

  /** Changes the data folder. The configuration remains that of the first folder. */
  void workIn(DataFolder folder) {
    instead = Optional.of(folder);
  }

  public ConfigurationReader configuration() {
    return new ConfigurationReader(
        environment(), options.data(environment()), options.config().map(Path::toAbsolutePath));
  }

  /** Refuses one of certcollect's own files, in any folder, as a file to read or write. */
  public void requireNotOwn(Path given) {
    dataFolder().requireNotOwn(given, configuration().files());
  }

  /** The configured key of the store's codes, or the data folder's own. */
  public CollectionCodeKey keyOfCodes(Store store) {
    return new CollectionCodeKey(configuration().read().codesKey(), dataFolder(), store);
  }

  public OrderAdministration orders(Store store) {
    return new OrderAdministration(store, actor(), keyOfCodes(store)::use);
  }

  public Actor actor() {
    String sudo = environment().getOrDefault("SUDO_USER", "");
    String name = "cli:" + (sudo.isBlank() ? "" : sudo + " as ") + surroundings.user();
    return new Actor(name.substring(0, Math.min(128, name.length())));
  }

  public boolean debug() {
    return options.debug(environment());
  }

  private Map<String, String> environment() {
    return surroundings.environment();
  }
}
