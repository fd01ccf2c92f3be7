package org.certcollect.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** Starts the {@code certcollect} command. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Surroundings surroundings =
        new Surroundings(
            System.getenv(),
            System.in,
            writer(FileDescriptor.out),
            writer(FileDescriptor.err),
            new FileOutputStream(FileDescriptor.err),
            // The launcher knows; Java cannot tell for one stream.
            Boolean.getBoolean("certcollect.terminal"),
            Clock.systemUTC(),
            System.getProperty("user.name", "unknown"));
    System.exit(CommandTree.of(surroundings).execute(args));
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(new FileOutputStream(descriptor), true, terminalCharset());
  }

  /** The charset of the locale; JDK 17 has no official name for it. */
  private static Charset terminalCharset() {
    String name = System.getProperty("native.encoding", "UTF-8");
    return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
  }
}
