package org.certcollect.cli.verb;

import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Reads the numbers of the command line, which are written in ASCII digits like all others. */
public final class Numbers {
  private Numbers() {}

  /** Has all options and parameters of a tree read numbers so. Java would read any digits. */
  public static void register(CommandLine tree) {
    tree.registerConverter(Long.class, text -> read(text, Long.MAX_VALUE));
    tree.registerConverter(long.class, text -> read(text, Long.MAX_VALUE));
    tree.registerConverter(Integer.class, text -> (int) read(text, Integer.MAX_VALUE));
    tree.registerConverter(int.class, text -> (int) read(text, Integer.MAX_VALUE));
  }

  /** The number that a text is. */
  public static long read(String text) {
    return read(text, Long.MAX_VALUE);
  }

  private static long read(String text, long max) {
    if (!text.matches("[0-9]+")) {
      throw new TypeConversionException(
          "'%s' is not a number in the digits 0 to 9".formatted(text));
    }
    try {
      long number = Long.parseLong(text);
      if (number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // It is larger than any long.
    }
    throw new TypeConversionException("%s is more than %s".formatted(text, Long.toString(max)));
  }
}
