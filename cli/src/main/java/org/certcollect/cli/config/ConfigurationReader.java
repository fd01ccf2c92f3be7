package org.certcollect.cli.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.certcollect.admin.DataFolder;

/** Finds the configuration, reads it from all its sources, and checks it. */
public final class ConfigurationReader {
  private final KeyTable table;
  private final Map<String, String> environment;
  private final Path dataFolder;
  private final Optional<Path> file;

  /**
   * @param dataFolder where the file is looked for that nobody names
   * @param file the file that a flag names
   */
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
   * The configuration, without a look at the files that it names: a verb that does not serve may
   * well run as a user who cannot read the server's key.
   *
   * @throws ConfigurationException with all that is wrong
   */
  public Configuration read() {
    return Configuration.of(settings(List.of(), false));
  }

  /** The configuration, if the files that it names can be read as well. */
  public Configuration readToServe(List<Flag> flags) {
    return Configuration.of(settings(flags, true));
  }

  /** The file that the configuration is read from, and those that it names. */
  public List<Path> files() {
    Settings settings = settings(List.of(), false);
    return Stream.concat(
            find().stream(), Keys.FILES.stream().flatMap(key -> settings.file(key).stream()))
        .toList();
  }

  /** Each key's value and origin, checked as {@link #readToServe} does. */
  public Settings settings(List<Flag> flags) {
    return settings(flags, true);
  }

  private Settings settings(List<Flag> flags, boolean files) {
    List<String> problems = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    find().ifPresent(found -> entries.addAll(PropertiesFile.read(found, problems)));
    entries.addAll(EnvironmentVariables.read(environment, table, problems));
    flags.forEach(flag -> entries.add(flag.entry()));
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

  /** The file to read; one that was named must be there, the one in the data folder need not. */
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
