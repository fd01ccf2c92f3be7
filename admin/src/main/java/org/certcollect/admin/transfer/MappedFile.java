package org.certcollect.admin.transfer;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.certcollect.admin.InvalidInputException;

/**
 * A file of a folder of certificates, with the order that it is for.
 *
 * @param name the file's name, relative to the folder
 * @param number the order's number; empty if the file's name should tell it and does not
 * @param account the login of the order's account
 */
record MappedFile(String name, OptionalLong number, String account) {
  private static final List<String> ENDINGS =
      List.of("pem", "crt", "cer", "der", "p7b", "p7c", "p7s", "p7");
  private static final Pattern NAME =
      Pattern.compile(
          "([0-9]{1,19})\\.(" + String.join("|", ENDINGS) + ")", Pattern.CASE_INSENSITIVE);
  private static final String HEADER = "file,number,account";

  /** A line of CSV with three values, of which each may stand in quotes. */
  private static final Pattern LINE =
      Pattern.compile("V,V,V".replace("V", "(\"(?:[^\"]|\"\")*\"|[^\",]*)"));

  static final String NO_NUMBER =
      "its name is not an order number followed by one of ." + String.join(", .", ENDINGS);

  /** The files of a folder, sorted by the numbers that name them. */
  static List<MappedFile> in(Path folder, String account) throws IOException {
    List<MappedFile> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path file : all) {
        String name = String.valueOf(file.getFileName());
        // Hidden files were put there by programs, not by the operator.
        if (!name.startsWith(".")) {
          Matcher matcher = NAME.matcher(name);
          files.add(
              new MappedFile(
                  name,
                  matcher.matches() ? number(matcher.group(1)) : OptionalLong.empty(),
                  account));
        }
      }
    }
    files.sort(
        Comparator.comparing((MappedFile file) -> file.number.orElse(0))
            .thenComparing(MappedFile::name));
    return files;
  }

  /** The files that a list in CSV names, in its order; its first line may be the header. */
  static List<MappedFile> listed(String csv) {
    List<MappedFile> files = new ArrayList<>();
    List<String> lines = csv.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !(i == 0 && line.equals(HEADER))) {
        Matcher values = LINE.matcher(line);
        OptionalLong number = values.matches() ? number(bare(values.group(2))) : number("");
        if (number.isEmpty()) {
          throw new InvalidInputException(
              InvalidInputException.Kind.MAPPING,
              "line "
                  + (i + 1)
                  + " of the mapping is not the name of a file, a number and a login");
        }
        files.add(new MappedFile(bare(values.group(1)), number, bare(values.group(3))));
      }
    }
    return files;
  }

  private static String bare(String value) {
    return value.startsWith("\"")
        ? value.substring(1, value.length() - 1).replace("\"\"", "\"")
        : value.strip();
  }

  private static OptionalLong number(String digits) {
    if (!digits.matches("[0-9]{1,19}")) {
      return OptionalLong.empty();
    }
    BigInteger number = new BigInteger(digits);
    return number.signum() > 0 && number.bitLength() < Long.SIZE
        ? OptionalLong.of(number.longValueExact())
        : OptionalLong.empty();
  }
}
