package org.certcollect.cli.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.certcollect.admin.DataFolder;

/** Reads and checks the configuration from a file, the environment and flags. */
public final class ConfigurationReader {
  private final KeyTable table;
  private final Map<String, String> environment;
  private final Path dataFolder;
  private final Optional<Path> file;

  /** Creates a reader of the file that a flag names, or else of one in the data folder. */
  public ConfigurationReader(
      Map<String, String> environment, Path dataFolder, Optional<Path> file) {
    this(Keys.TABLE, environment, dataFolder, file);
  }

  ConfigurationReader(
      KeyTable table, Map<String, String> environment, Path dataFolder, Optional<Path> file) {
    this.table = table;
    this.environment = Map.copyOf(environment);
    this.dataFolder = dataFolder;
    this.file = file;
  }

  /**
   * Reads the configuration without checking the files that it names. A verb that does not serve
   * may run as a user who cannot read the key of the server.
   *
   * @throws ConfigurationException with all problems
   */
  public Configuration read() {
    return Configuration.of(settings(List.of(), false));
  }

  /** Reads the configuration, and checks that the files that it names can be read. */
  public Configuration readToServe(List<Entry> flags) {
    return Configuration.of(settings(flags, true));
  }

  /** The file of the configuration, and the files that it names. */
  public List<Path> files() {
    Settings settings = settings(List.of(), false);
    return Stream.concat(
            find().stream(), Keys.FILES.stream().flatMap(key -> settings.file(key).stream()))
        .toList();
  }

  /** Reads the settings, and checks that the files that they name can be read. */
  public Settings settings(List<Entry> flags) {
    return settings(flags, true);
  }

  private Settings settings(List<Entry> flags, boolean files) {
    List<String> problems = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    find().ifPresent(found -> entries.addAll(PropertiesFile.read(found, problems)));
    entries.addAll(EnvironmentVariables.read(environment, table, problems));
    entries.addAll(flags);
    Settings settings = Settings.of(table, entries, problems);
    Checks.together(settings, problems);
    if (files) {
      Checks.files(settings, problems);
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return settings;
  }

  /** The file to read. A named file must exist; the default file need not. */
  private Optional<Path> find() {
    return file.or(() -> named("CERTCOLLECT_CONFIG"))
        .or(() -> Optional.of(dataFolder.resolve(DataFolder.CONFIGURATION)).filter(Files::exists));
  }

  private Optional<Path> named(String variable) {
    return Optional.ofNullable(environment.get(variable))
        .filter(name -> !name.isEmpty())
        .map(Path::of);
  }
}
