import java.io.File;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Map;
import java.util.OptionalInt;
import org.certcollect.cli.CommandTree;
import org.certcollect.cli.verb.Surroundings;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** The program with which packaging/build writes a page of AsciiDoc for each verb. */
final class ManPages {
  private ManPages() {}

  public static void main(String[] args) throws Exception {
    PrintWriter none = new PrintWriter(OutputStream.nullOutputStream());
    Surroundings surroundings =
        new Surroundings(
            Map.of(),
            InputStream.nullInputStream(),
            none,
            none,
            OutputStream.nullOutputStream(),
            false,
            false,
            OptionalInt.empty(),
            false,
            Clock.systemUTC(),
            "nobody",
            "certcollect");
    System.exit(
        ManPageGenerator.generateManPage(
            new File(args[0]),
            null,
            new boolean[0],
            false,
            CommandTree.of(surroundings).getCommandSpec()));
  }
}
