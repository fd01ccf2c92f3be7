package org.certcollect.server.management;

import java.io.IOException;
import java.io.InputStream;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/**
 * The version of certcollect that runs.
 *
 * @param version the release; {@code unpackaged} if it does not run from its jar
 * @param commit the commit that the jar was built from; {@code unknown} if there was none
 */
public record BuildInfo(String version, String commit) {
  /** The build of this process. */
  public static final BuildInfo CURRENT = read();

  private static BuildInfo read() {
    try (InputStream file = BuildInfo.class.getResourceAsStream("/META-INF/MANIFEST.MF")) {
      Attributes manifest =
          file == null ? new Attributes() : new Manifest(file).getMainAttributes();
      // On a class path of many jars, the first manifest is that of another program.
      return "certcollect".equals(manifest.getValue(Attributes.Name.IMPLEMENTATION_TITLE))
          ? new BuildInfo(
              manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION),
              manifest.getValue("Implementation-Commit"))
          : new BuildInfo("unpackaged", "unknown");
    } catch (IOException e) {
      return new BuildInfo("unpackaged", "unknown");
    }
  }
}
