package org.certcollect.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.regex.Pattern.CASE_INSENSITIVE;
import static java.util.stream.Collectors.joining;

import java.net.URLEncoder;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.certcollect.client.CollectAnswer.Attached;
import org.certcollect.protocol.CollectionCode;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.OrderNumber;
import org.certcollect.protocol.QueryType;
import org.certcollect.protocol.v106.Arguments106;
import org.certcollect.protocol.v106.ResponseEncoding;
import org.certcollect.protocol.v106.ResponseType;

/**
 * A request for one order: its status, or its certificates in some form. Its {@code toString} shows
 * only the endpoint. The methods that change something return a new query.
 *
 * <p>A query uses the arguments of specification 1.06 only, which servers of all versions
 * understand, unless it was made by {@link #serverCertificateById} or {@link
 * #serverCertificateByBaseOrder}, or asks for {@link #withDetails}. Those need a server of the
 * later dialect; others refuse them with the code -2.
 *
 * @param <C> the type of the certificates in the answer
 */
public final class CollectQuery<C> {
  private static final long MAX_CERTIFICATE_ID = 9_999_999_999_999_999L;
  private static final int MAX_TEXT = 300;
  private static final int MIN_MASKED = 4;
  private static final String MASK = "[masked]";

  private final Claim claim;
  private final QueryType part;
  private final ContentForm<C> form;
  private final boolean validityPeriod;
  private final boolean details;

  /**
   * The way to an order.
   *
   * @param arguments those that name it
   * @param secrets what must not be shown
   */
  private record Claim(
      Endpoint endpoint, Map<String, String> arguments, List<String> secrets, boolean later) {}

  private CollectQuery(
      Claim claim, QueryType part, ContentForm<C> form, boolean validityPeriod, boolean details) {
    boolean single = part == QueryType.END_ENTITY || part == QueryType.CA_BUNDLE;
    boolean wholeOnly =
        form.type() == ResponseType.PKCS7 || form.type() == ResponseType.NETSCAPE_SEQUENCE;
    if (single && wholeOnly) {
      throw new IllegalArgumentException(
          "PKCS#7 and Netscape sequences hold whole chains only: ask for all certificates");
    }
    if (details && claim.endpoint != Endpoint.COLLECT_SSL) {
      throw new IllegalArgumentException("only CollectSSL tells details: leave withDetails() out");
    }
    this.claim = claim;
    this.part = part;
    this.form = form;
    this.validityPeriod = validityPeriod;
    this.details = details;
  }

  private static CollectQuery<CertificateChain> of(Claim claim) {
    return new CollectQuery<>(claim, QueryType.EVERYTHING, ContentForm.CHAIN, false, false);
  }

  /**
   * A request for the server certificate of an order, and its CA certificates.
   *
   * @param orderNumber at least 1
   */
  public static CollectQuery<CertificateChain> serverCertificate(
      AccountLogin login, long orderNumber) {
    return of(claim(Endpoint.COLLECT_SSL, login, Arguments106.ORDER_NUMBER.name(), orderNumber));
  }

  /**
   * A request for one server certificate of an order, which may be a replaced one. The later
   * dialect only.
   *
   * @param certificateId the number that the server gave the certificate, at most 16 digits
   */
  public static CollectQuery<CertificateChain> serverCertificateById(
      AccountLogin login, long certificateId) {
    if (certificateId > MAX_CERTIFICATE_ID) {
      throw new IllegalArgumentException("a certificate id has at most 16 digits");
    }
    return of(claim(Endpoint.COLLECT_SSL, login, "certificateID", certificateId));
  }

  /** A request by the number of the first order of several reissues. The later dialect only. */
  public static CollectQuery<CertificateChain> serverCertificateByBaseOrder(
      AccountLogin login, long baseOrderNumber) {
    return of(claim(Endpoint.COLLECT_SSL, login, "baseOrderNumber", baseOrderNumber));
  }

  /** A request for the client certificate of an order, by the reseller. */
  public static CollectQuery<CertificateChain> clientCertificate(
      AccountLogin login, long orderNumber) {
    return of(claim(Endpoint.COLLECT_CCC, login, Arguments106.ORDER_NUMBER.name(), orderNumber));
  }

  /**
   * A request for a client certificate by the person who has its collection code.
   *
   * @param code 1 to 16 characters, case-sensitive
   * @throws IllegalArgumentException if it is empty or too long
   */
  public static CollectQuery<CertificateChain> clientCertificate(String code) {
    String value = new CollectionCode(code).value();
    Map<String, String> arguments = Map.of(Arguments106.COLLECTION_CODE.name(), value);
    return of(new Claim(Endpoint.COLLECT_CCC, arguments, List.of(value), false));
  }

  private static Claim claim(Endpoint endpoint, AccountLogin login, String argument, long number) {
    Map<String, String> arguments = new LinkedHashMap<>();
    arguments.put(Arguments106.LOGIN_NAME.name(), login.name().value());
    arguments.put(Arguments106.LOGIN_PASSWORD.name(), login.password().value());
    arguments.put(argument, new OrderNumber(number).toString());
    boolean later = !argument.equals(Arguments106.ORDER_NUMBER.name());
    return new Claim(
        endpoint, arguments, List.of(login.password().value(), login.name().value()), later);
  }

  /** The same request for nothing but the status. The answer is never {@link Attached}. */
  public CollectQuery<C> statusOnly() {
    return part(QueryType.STATUS);
  }

  /**
   * The same request without the CA certificates.
   *
   * @throws IllegalArgumentException for PKCS#7 and Netscape sequences, which hold whole chains
   */
  public CollectQuery<C> certificateOnly() {
    return part(QueryType.END_ENTITY);
  }

  /**
   * The same request for the CA certificates only.
   *
   * @throws IllegalArgumentException for PKCS#7 and Netscape sequences, which hold whole chains
   */
  public CollectQuery<C> caCertificatesOnly() {
    return part(QueryType.CA_BUNDLE);
  }

  CollectQuery<C> part(QueryType other) {
    return new CollectQuery<>(claim, other, form, validityPeriod, details);
  }

  /** The same request for one PKCS#7 structure. */
  public CollectQuery<CertificateStructure> asPkcs7() {
    return as(ContentForm.pkcs7(ResponseEncoding.BASE64));
  }

  /**
   * The same request for one PKCS#7 structure, sent as bytes. The structure is the same as that of
   * {@link #asPkcs7}; the answer has no room for the validity period.
   */
  public CollectQuery<CertificateStructure> asBinaryPkcs7() {
    return as(ContentForm.pkcs7(ResponseEncoding.BINARY));
  }

  /** The same request for one Netscape certificate sequence. */
  public CollectQuery<CertificateStructure> asNetscapeSequence() {
    return as(ContentForm.NETSCAPE_SEQUENCE);
  }

  /** The same request for a ZIP archive. */
  public CollectQuery<CertificateArchive> asZip() {
    return as(ContentForm.ARCHIVE);
  }

  private <D> CollectQuery<D> as(ContentForm<D> other) {
    return new CollectQuery<>(claim, part, other, validityPeriod, details);
  }

  /** The same request, also for {@link AnswerDetails#validity}. */
  public CollectQuery<C> withValidityPeriod() {
    return new CollectQuery<>(claim, part, form, true, details);
  }

  /**
   * The same request, also for everything that the later dialect tells: domain names, certificate
   * status, validation.
   *
   * @throws IllegalArgumentException for a client certificate
   */
  public CollectQuery<C> withDetails() {
    return new CollectQuery<>(claim, part, form, true, true);
  }

  Endpoint endpoint() {
    return claim.endpoint;
  }

  QueryType part() {
    return part;
  }

  ContentForm<C> form() {
    return form;
  }

  /** Whether it may go over plain HTTP, as a collection code may. */
  boolean allowsPlainHttp() {
    return !claim.arguments.containsKey(Arguments106.LOGIN_PASSWORD.name());
  }

  /** The URL-encoded arguments. */
  String body() {
    Map<String, String> arguments = new LinkedHashMap<>(claim.arguments);
    arguments.put(Arguments106.QUERY_TYPE.name(), String.valueOf(part.value()));
    if (form.type() != ResponseType.INDIVIDUALLY) {
      arguments.put(Arguments106.RESPONSE_TYPE.name(), String.valueOf(form.type().value()));
    }
    if (validityPeriod) {
      arguments.put(Arguments106.SHOW_VALIDITY_PERIOD.name(), "Y");
    }
    if (claim.later || details) {
      arguments.put("responseFormat", "1");
    } else if (form.encoding() == ResponseEncoding.BINARY && part == QueryType.EVERYTHING) {
      arguments.put(Arguments106.RESPONSE_ENCODING.name(), "1");
    }
    if (details) {
      for (String name :
          List.of("FQDN", "ExtStatus", "StatusDetails", "MDCDomainDetails", "MDCDomainDetails2")) {
        arguments.put("show" + name, "Y");
      }
    }
    return arguments.entrySet().stream()
        .map(argument -> argument.getKey() + "=" + URLEncoder.encode(argument.getValue(), UTF_8))
        .collect(joining("&"));
  }

  /** A message of the server as it may be shown: short, without the secrets of this request. */
  String masked(String message) {
    String masked = message;
    for (String secret : shownSecrets()) {
      Matcher found = Pattern.compile(Pattern.quote(secret), CASE_INSENSITIVE).matcher(masked);
      // Masked inside of words, a short one could be guessed from the rest of them.
      if (secret.length() < MIN_MASKED && found.find()) {
        return MASK;
      }
      masked = found.replaceAll(MASK);
    }
    String printable = printable(masked);
    return printable.substring(0, Math.min(MAX_TEXT, printable.length()));
  }

  /** The secrets as a server may send them back, the longest first. */
  private List<String> shownSecrets() {
    return claim.secrets.stream()
        .flatMap(secret -> Stream.concat(Stream.of(secret), secret.lines().map(String::strip)))
        // Lines are read as Latin-1.
        .flatMap(
            secret ->
                Stream.of(
                    secret,
                    new String(secret.getBytes(UTF_8), ISO_8859_1),
                    URLEncoder.encode(secret, UTF_8)))
        .filter(secret -> !secret.isEmpty())
        .distinct()
        .sorted(Comparator.comparing(String::length).reversed())
        .toList();
  }

  /** A text of the server without control characters. */
  static String printable(String text) {
    return text.replaceAll("[^ -~]", "?");
  }

  @Override
  public String toString() {
    return "CollectQuery[" + claim.endpoint.title() + "]";
  }
}
