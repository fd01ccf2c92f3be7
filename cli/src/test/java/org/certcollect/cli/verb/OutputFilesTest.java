package org.certcollect.cli.verb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.certcollect.cli.Cli;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class OutputFilesTest {
  private static final String CERTIFICATE =
      "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

  @TempDir private Path folder;

  /** A half-written file may hold the hashes of all passwords. */
  @Test
  void signalLeavesNothingThatIsNotWhole() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Endless.class.getName(),
                folder.resolve("all.jsonl").toString())
            .redirectErrorStream(true)
            .start();
    try {
      assertThat(process.inputReader().readLine()).isEqualTo("half");
      try (var files = Files.list(folder)) {
        assertThat(files).hasSize(1);
      }
      // Not the process's own destroy, which may close its streams.
      assertThat(process.toHandle().destroy()).isTrue();
      assertThat(process.waitFor()).isEqualTo(128 + 15);
    } finally {
      process.toHandle().destroyForcibly();
    }
    assertThat(folder).isEmptyDirectory();
  }

  private static void collect(Path file, String content) {
    OutputFiles.ofCertificates()
        .write(Map.of(file, out -> out.write(content.getBytes(ISO_8859_1))));
  }

  private static byte[] zip(String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
    return bytes.toByteArray();
  }

  /** Broke once: only the marker of a PEM key was looked for, so a DER key was replaced. */
  @Test
  void certificatesReplaceNoKeyInAnyForm() throws Exception {
    KeyPair keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    ByteArrayOutputStream pkcs12 = new ByteArrayOutputStream();
    store.store(pkcs12, "password".toCharArray());
    byte[] putty = "PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\n".getBytes(ISO_8859_1);
    byte[] pem = (CERTIFICATE + "-----BEGIN EC PRIVATE KEY-----\n").getBytes(ISO_8859_1);
    for (byte[] key :
        List.of(
            keys.getPrivate().getEncoded(),
            pkcs12.toByteArray(),
            putty,
            pem,
            ("\n".repeat(5 << 20) + "key").getBytes(ISO_8859_1),
            zip("www.key", keys.getPrivate().getEncoded()))) {
      Path file = Files.write(folder.resolve("key"), key);

      assertThatThrownBy(() -> collect(file, CERTIFICATE))
          .isInstanceOf(CommandException.class)
          .hasMessageContaining("perhaps a private key: name another file");
      assertThat(file).hasBinaryContent(key);
    }
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void certificatesReplaceCertificatesInEveryForm() throws Exception {
    for (byte[] old :
        List.of(
            new byte[0],
            ("Issuer: PK\n" + CERTIFICATE).getBytes(ISO_8859_1),
            CERTIFICATE.replace("CERTIFICATE", "PKCS7").getBytes(ISO_8859_1),
            zip("www.crt", CERTIFICATE.getBytes(ISO_8859_1)))) {
      Path file = Files.write(folder.resolve("www"), old);

      collect(file, CERTIFICATE);

      assertThat(file).hasContent(CERTIFICATE);
    }
  }

  /** Broke once: a renewal left a file that only root could read. */
  @Test
  void renewalKeepsOwnerGroupAndMode() throws Exception {
    Path file = Files.writeString(folder.resolve("www.crt"), CERTIFICATE);
    var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    view.setPermissions(PosixFilePermissions.fromString("rw-r-----"));
    if ("root".equals(view.getOwner().getName())) {
      // Only root may give files away, and knows these names on every Unix.
      var names = file.getFileSystem().getUserPrincipalLookupService();
      view.setGroup(names.lookupPrincipalByGroupName("daemon"));
      view.setOwner(names.lookupPrincipalByName("daemon"));
    }
    var before = Files.readAttributes(file, PosixFileAttributes.class);

    collect(file, CERTIFICATE + CERTIFICATE);

    var after = Files.readAttributes(file, PosixFileAttributes.class);
    assertThat(file).hasContent(CERTIFICATE + CERTIFICATE);
    assertThat(after.fileKey()).isNotEqualTo(before.fileKey());
    assertThat(after.permissions()).isEqualTo(before.permissions());
    assertThat(after.owner()).isEqualTo(before.owner());
    assertThat(after.group()).isEqualTo(before.group());
  }

  /** Broke once: a backup that root wrote into the service's folder was root's. */
  @Test
  void newFilesBelongToTheOwnerOfTheFolder() throws Exception {
    if ("root".equals(Files.getOwner(folder).getName())) {
      // Only root may give files away. Others see here that their files are made all the same.
      var names = folder.getFileSystem().getUserPrincipalLookupService();
      Files.setOwner(folder, names.lookupPrincipalByName("nobody"));
    }
    Path export = folder.resolve("all.jsonl");
    Path rejects = folder.resolve("rejects");
    Path certificate = folder.resolve("www.crt");

    OutputFiles.ofOwner().write(Map.of(export, out -> out.write('x')));
    OutputFiles.ofOwner().open(rejects).close();
    collect(certificate, CERTIFICATE);

    for (Path file : List.of(export, rejects, certificate)) {
      assertThat(Files.getOwner(file)).as(file.toString()).isEqualTo(Files.getOwner(folder));
    }
    assertThat(Files.getPosixFilePermissions(export))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  /** A program may watch the folder, and most collects of a timer write nothing. */
  @Test
  void folderOfCertificatesIsNotTouchedByTheChecksBefore() throws Exception {
    Map<String, String> environment = Map.of("CERTCOLLECT_DATA", folder.resolve("data").toString());
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    Shell shell = new Shell(Cli.surroundings(environment, nowhere), new GlobalOptions());
    Files.setLastModifiedTime(folder, FileTime.fromMillis(0));

    OutputFiles.ofCertificates().requireFree(shell, List.of(folder.resolve("www.crt")));

    assertThat(Files.getLastModifiedTime(folder)).isEqualTo(FileTime.fromMillis(0));
    Path missing = folder.resolve("no/www.crt");
    assertThatThrownBy(() -> OutputFiles.ofCertificates().requireFree(shell, List.of(missing)))
        .hasMessageEndingWith("no does not exist; create it, or name another file");
  }

  @Test
  void fileForALinkToNothingIsMadeAtItsTarget() throws Exception {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Path second = Files.createSymbolicLink(inner.resolve("second"), Path.of("../target"));
    Path first = Files.createSymbolicLink(folder.resolve("first"), Path.of("inner/second"));

    collect(first, CERTIFICATE);

    assertThat(List.of(first, second)).allMatch(Files::isSymbolicLink);
    assertThat(folder.resolve("target")).hasContent(CERTIFICATE);
    Path loop = Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
    assertThatThrownBy(() -> collect(loop, CERTIFICATE)).isInstanceOf(CommandException.class);
  }

  /** Broke once: a file that was replaced kept a mode by which all could read it. */
  @Test
  void growingFileCanBeReadByItsOwnerAlone() throws Exception {
    Path file = Files.writeString(folder.resolve("rejects"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    OutputFiles files = OutputFiles.ofOwner();
    new CommandLine(CommandSpec.create().addMixin("files", CommandSpec.forAnnotatedObject(files)))
        .parseArgs("--force");

    files.open(file).close();

    assertThat(file).isEmptyFile();
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  /** Writes half a file, says so, and never ends. */
  static final class Endless {
    private Endless() {}

    public static void main(String[] arguments) {
      OutputFiles.ofOwner()
          .write(
              Map.of(
                  Path.of(arguments[0]),
                  out -> {
                    out.write('x');
                    System.out.println("half");
                    try {
                      new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  }));
    }
  }
}
