package org.certcollect.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The output of {@code --version}. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version =
        Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
            .orElse("(not packaged)");
    return new String[] {
      "certcollect " + version,
      "Java %s, %s".formatted(Runtime.version(), System.getProperty("java.vm.vendor"))
    };
  }
}
