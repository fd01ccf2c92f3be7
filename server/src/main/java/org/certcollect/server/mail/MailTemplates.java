package org.certcollect.server.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.certcollect.admin.FileException;
import org.certcollect.admin.InputFiles;
import org.certcollect.store.domain.MailKind;

/**
 * The texts of e-mails, with placeholders such as {@code ${order}}. The built-in ones are replaced
 * by files of the same names in a folder. All are read and checked at once; a value is never
 * searched for placeholders. Immutable.
 */
final class MailTemplates {
  private static final String FRAME = "frame.html";
  private static final Pattern NAME =
      Pattern.compile("([a-z]+)\\.([a-z]{2,3})\\.(txt|html)|" + Pattern.quote(FRAME));
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)(}?)");
  private static final Pattern SUBJECT = Pattern.compile("Subject: (.+)\\R\\R");
  private static final int MAX_SIZE = 64 << 10;
  private static final int MAX_PLACEHOLDERS = 100;
  private static final List<String> LANGUAGES = List.of("en", "de");

  private static final Set<String> COMMON =
      Set.of("order", "account", "name", "product", "subject", "from", "until", "fingerprint");
  private static final Map<MailKind, Set<String>> MORE =
      Map.of(
          MailKind.PLACED, Set.of(),
          MailKind.ISSUED, Set.of("pem"),
          MailKind.READY, Set.of("code", "link"),
          MailKind.EXPIRING, Set.of("days", "day"),
          MailKind.REVOKED, Set.of("reason"));

  /** The words for one day and for several, of the languages whose words are known. */
  private static final Map<String, List<String>> DAY =
      Map.of("en", List.of("day", "days"), "de", List.of("Tag", "Tage"));

  private static final Set<String> OF_FRAME = Set.of("title", "language", "body");

  private final String language;
  private final Map<String, String> texts;

  /** The parts of a mail that a template gives. */
  record Text(String subject, String plain, String html) {}

  private MailTemplates(String language, Map<String, String> texts) {
    this.language = language;
    this.texts = texts;
  }

  /**
   * Reads the templates.
   *
   * @param folder the folder whose files take the place of the built-in ones
   * @param language the language of those who chose none, or one without a template
   * @param problems the list for problems, each of which names its file
   */
  static MailTemplates read(Optional<Path> folder, String language, List<String> problems) {
    Map<String, String> texts = new HashMap<>();
    texts.put(FRAME, builtIn(FRAME));
    for (MailKind kind : MailKind.values()) {
      for (String each : LANGUAGES) {
        String name = name(kind, each, "txt");
        texts.put(name, builtIn(name));
      }
    }
    folder.ifPresent(own -> texts.putAll(own(own, problems)));
    for (String name : texts.keySet()) {
      if (!name.equals(FRAME) && !texts.containsKey(name.replaceFirst("html$", "txt"))) {
        problems.add(
            "mail.templates: %s is never used: there is no %s"
                .formatted(name, name.replaceFirst("html$", "txt")));
      }
    }
    for (MailKind kind : MailKind.values()) {
      String name = name(kind, language, "txt");
      if (!texts.containsKey(name)) {
        problems.add("mail.language is %s, and there is no template %s".formatted(language, name));
      }
    }
    return new MailTemplates(language, Map.copyOf(texts));
  }

  private static String name(MailKind kind, String language, String type) {
    return kind.name().toLowerCase(Locale.ROOT) + "." + language + "." + type;
  }

  private static String builtIn(String name) {
    try (InputStream in = MailTemplates.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  private static Map<String, String> own(Path folder, List<String> problems) {
    Map<String, String> texts = new HashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> !isEditors(each)).sorted().toList()) {
        try {
          texts.put(file.getFileName().toString(), own(file));
        } catch (IllegalArgumentException | FileException e) {
          problems.add("mail.templates: " + file + ": " + e.getMessage());
        }
      }
    } catch (IOException e) {
      problems.add("mail.templates: " + FileException.unreadable(folder, e).getMessage());
    }
    return texts;
  }

  /** Whether an editor left the file beside a template. */
  private static boolean isEditors(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(".") || name.endsWith("~");
  }

  private static String own(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    boolean known = name.matches();
    Optional<MailKind> kind =
        Optional.ofNullable(known ? name.group(1) : null)
            .flatMap(
                word ->
                    EnumSet.allOf(MailKind.class).stream()
                        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(word))
                        .findFirst());
    if (!known || (name.group(1) != null && kind.isEmpty())) {
      throw new IllegalArgumentException(
          "this is not the name of a template; one is, for example, issued.en.txt");
    }
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IllegalArgumentException("it is not a file");
    }
    InputFiles.problem(file)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(problem);
            });
    String text = InputFiles.text(file);
    if (text.length() > MAX_SIZE) {
      throw new IllegalArgumentException("it has more than " + MAX_SIZE + " characters");
    }
    if (name.group(3) == null) {
      check(text, OF_FRAME);
    } else {
      Set<String> allowed = new TreeSet<>(COMMON);
      allowed.addAll(MORE.get(kind.orElseThrow()));
      check(text, allowed);
      if (name.group(3).equals("txt") && !SUBJECT.matcher(text).lookingAt()) {
        throw new IllegalArgumentException(
            "it does not begin with a line \"Subject: ...\" and an empty line");
      }
    }
    return text;
  }

  private static void check(String text, Set<String> allowed) {
    Matcher placeholder = PLACEHOLDER.matcher(text);
    int count = 0;
    while (placeholder.find()) {
      if (placeholder.group(2).isEmpty() || !allowed.contains(placeholder.group(1))) {
        throw new IllegalArgumentException(
            "there is no placeholder ${%s here; there are %s"
                .formatted(
                    abbreviated(placeholder.group(1)) + placeholder.group(2),
                    String.join(", ", new TreeSet<>(allowed))));
      }
      if (++count > MAX_PLACEHOLDERS) {
        throw new IllegalArgumentException(
            "it has more than " + MAX_PLACEHOLDERS + " placeholders");
      }
    }
  }

  private static String abbreviated(String text) {
    String line = text.replaceAll("\\p{C}", " ");
    return line.length() > 40 ? line.substring(0, 40) + "..." : line;
  }

  /**
   * Writes a mail.
   *
   * @param given the values of the placeholders; one without a value becomes nothing
   */
  Text write(MailKind kind, Optional<String> wanted, Map<String, String> given) {
    String used =
        wanted.filter(each -> texts.containsKey(name(kind, each, "txt"))).orElse(language);
    Map<String, String> values = new HashMap<>(given);
    if (given.containsKey("days")) {
      List<String> words = DAY.getOrDefault(used, List.of("day", "days"));
      values.put("day", words.get(given.get("days").equals("1") ? 0 : 1));
    }
    String template = text(name(kind, used, "txt"));
    Matcher head = SUBJECT.matcher(template);
    if (!head.lookingAt()) {
      throw new IllegalStateException("it was checked that a template has a subject");
    }
    String subject = fill(head.group(1), values, UnaryOperator.identity());
    String plain =
        fill(
            withoutEmpty(template.substring(head.end()), values), values, UnaryOperator.identity());
    String own = texts.get(name(kind, used, "html"));
    String html =
        own != null
            ? fill(own, values, MailTemplates::escape)
            : fill(
                text(FRAME),
                Map.of(
                    "title", escape(subject),
                    "language", used,
                    "body", paragraphs(plain, Optional.ofNullable(values.get("link")))),
                UnaryOperator.identity());
    return new Text(subject, plain, html);
  }

  private String text(String name) {
    return Optional.ofNullable(texts.get(name))
        .orElseThrow(() -> new IllegalStateException("there was a template " + name));
  }

  /** A text without the lines that have a placeholder without a value. */
  private static String withoutEmpty(String template, Map<String, String> values) {
    return Arrays.stream(template.split("\n", -1))
        .filter(
            line ->
                PLACEHOLDER
                    .matcher(line)
                    .results()
                    .noneMatch(found -> values.getOrDefault(found.group(1), "").isEmpty()))
        .collect(Collectors.joining("\n"));
  }

  private static String fill(
      String template, Map<String, String> values, UnaryOperator<String> escape) {
    return PLACEHOLDER
        .matcher(template)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(escape.apply(values.getOrDefault(match.group(1), ""))));
  }

  /** The paragraphs of a plain text as HTML; a PEM block keeps its lines. */
  private static String paragraphs(String plain, Optional<String> link) {
    List<String> paragraphs = new ArrayList<>();
    for (String paragraph : plain.strip().split("\\R{2,}", -1)) {
      String text = escape(paragraph);
      paragraphs.add(
          paragraph.startsWith("-----BEGIN ")
              ? "<pre>" + text + "</pre>"
              : "<p>" + text.replaceAll("\\R", "<br>\n") + "</p>");
    }
    String body = String.join("\n", paragraphs);
    return link.map(MailTemplates::escape)
        .map(url -> body.replace(url, "<a href=\"%1$s\">%1$s</a>".formatted(url)))
        .orElse(body);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
