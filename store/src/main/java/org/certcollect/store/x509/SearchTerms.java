package org.certcollect.store.x509;

import java.math.BigInteger;
import java.net.IDN;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.certcollect.store.domain.OrderRemarks;
import org.certcollect.store.domain.OrderValidation;
import org.certcollect.store.domain.SigningRequest;

/**
 * The terms by which a store finds an order: texts that are equal exactly when a search matches.
 * The first letter is the kind, the rest the value:
 *
 * <ul>
 *   <li>{@code n}: a domain name with its labels reversed, so that the names of one domain are
 *       neighbours in an index ({@code ncom.example.www}), and each domain above it with an
 *       asterisk ({@code ncom.example.*}), which finds everything below that domain;
 *   <li>{@code w}: a word of a subject or of an e-mail address;
 *   <li>{@code s}, {@code d}: the serial number and the SHA-256 of a certificate, base64;
 *   <li>{@code r}, {@code m}: an operator's reference as a whole, and a word of the note.
 * </ul>
 */
public final class SearchTerms {
  private static final int MAX_NAME = 253;
  private static final int MAX_WORD = 40;
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
  private static final Pattern EDGES = Pattern.compile("^[^\\p{L}\\p{N}*]+|[^\\p{L}\\p{N}]+$");
  private static final Base64.Encoder VALUES = Base64.getUrlEncoder().withoutPadding();

  private final Set<String> terms = new LinkedHashSet<>();
  private final boolean withDomains;

  /**
   * @param withDomains whether a name also gives the terms of the domains above it
   */
  private SearchTerms(boolean withDomains) {
    this.withDomains = withDomains;
  }

  static List<String> of(ParsedCertificate certificate) {
    SearchTerms terms = new SearchTerms(true);
    terms.terms.add(value('d', certificate.stored().sha256()));
    terms.terms.add(value('s', certificate.serial().toByteArray()));
    certificate.subject().texts().forEach(terms::addText);
    certificate.extensions().stream()
        .filter(e -> e.getExtnId().equals(Extension.subjectAlternativeName))
        .forEach(names -> terms.addNames(names.getExtnValue()));
    return List.copyOf(terms.terms);
  }

  /** The terms of a request: its names and the words of its subject. */
  public static List<String> of(SigningRequest request) {
    SearchTerms terms = new SearchTerms(true);
    Optional<ASN1Encodable> body = Asn1.prefix(request.der()).flatMap(Asn1.Prefix::first);
    body.flatMap(RequestedName::subject).ifPresent(name -> name.texts().forEach(terms::addText));
    body.ifPresent(there -> RequestedName.alternativeNames(there).forEach(terms::addNames));
    return List.copyOf(terms.terms);
  }

  /**
   * The term of a domain name, or with {@code *.} before it of every name below it; empty if the
   * text is not a domain name.
   */
  public static Optional<String> domain(String name) {
    String below = name.startsWith("*.") ? "*." : "";
    try {
      String ascii = plain(IDN.toASCII(name.substring(below.length()).strip()));
      return Optional.of(below + ascii)
          .filter(text -> OrderValidation.isDomain(text) && ascii.indexOf('*') < 0)
          .map(SearchTerms::name);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The term of a serial number in hexadecimal, also with colons; empty if it is none. */
  public static Optional<String> serial(String hex) {
    try {
      return Optional.of(value('s', new BigInteger(digits(hex), 16).toByteArray()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The term of a SHA-256 in hexadecimal, also with colons; empty if it is none. */
  public static Optional<String> sha256(String hex) {
    String digits = digits(hex);
    try {
      return Optional.of(digits)
          .filter(text -> text.length() == 64)
          .map(text -> value('d', HexFormat.of().parseHex(text)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The terms of the words of a text, all of which a subject must have; empty if it has none. */
  public static Set<String> words(String text) {
    SearchTerms terms = new SearchTerms(false);
    terms.addText(DistinguishedName.folded(text));
    return Collections.unmodifiableSet(terms.terms);
  }

  /** The terms of an operator's remarks. */
  public static List<String> of(OrderRemarks remarks) {
    List<String> terms = new ArrayList<>();
    remarks.reference().map(SearchTerms::reference).ifPresent(terms::add);
    remarks.note().map(SearchTerms::note).ifPresent(terms::addAll);
    return terms;
  }

  /** The term of a reference, whose case does not matter. */
  public static String reference(String text) {
    return 'r' + DistinguishedName.folded(text);
  }

  /** The terms of the words of a text, all of which a note must have; empty if it has none. */
  public static List<String> note(String text) {
    return words(text).stream().map(word -> 'm' + word).toList();
  }

  private static String digits(String hex) {
    return hex.strip().replaceAll("^0[xX]|[: ]", "");
  }

  private static String value(char kind, byte[] bytes) {
    return kind + VALUES.encodeToString(bytes);
  }

  private void addNames(ASN1OctetString names) {
    Asn1.names(names, GeneralName.dNSName).forEach(name -> addName(plain(name)));
    Asn1.names(names, GeneralName.rfc822Name)
        .forEach(address -> addText(DistinguishedName.folded(address)));
  }

  /** Adds the words of a folded text. A domain name is one word. */
  private void addText(String text) {
    for (String piece : text.split(" ", -1)) {
      if (isPlainWord(piece)) {
        addWord(piece);
        continue;
      }
      String bare = isTrimmed(piece) ? piece : EDGES.matcher(piece).replaceAll("");
      if (bare.indexOf('.') > 0 && OrderValidation.isDomain(bare)) {
        addName(bare);
      } else {
        NO_WORD.splitAsStream(piece).filter(word -> !word.isEmpty()).forEach(this::addWord);
      }
    }
  }

  private void addWord(String word) {
    terms.add('w' + word.substring(0, Math.min(MAX_WORD, word.length())));
  }

  /** Whether it has ASCII letters and digits only, and at least one: most words do. */
  private static boolean isPlainWord(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isPlain(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** Whether {@link #EDGES} finds nothing in a text, as far as ASCII tells. */
  private static boolean isTrimmed(String text) {
    return !text.isEmpty()
        && (isPlain(text.charAt(0)) || text.charAt(0) == '*')
        && isPlain(text.charAt(text.length() - 1));
  }

  private static boolean isPlain(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
  }

  private void addName(String name) {
    if (name.isEmpty() || name.length() > MAX_NAME) {
      return;
    }
    String own = name(name);
    terms.add(own);
    for (int dot = own.lastIndexOf('.');
        withDomains && dot > 0;
        dot = own.lastIndexOf('.', dot - 1)) {
      terms.add(own.substring(0, dot) + ".*");
    }
  }

  private static String plain(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private static String name(String name) {
    StringBuilder reversed = new StringBuilder(name.length() + 1).append('n');
    int end = name.length();
    for (int dot = name.lastIndexOf('.'); dot >= 0; dot = name.lastIndexOf('.', dot - 1)) {
      reversed.append(name, dot + 1, end).append('.');
      end = dot;
    }
    return reversed.append(name, 0, end).toString();
  }
}
