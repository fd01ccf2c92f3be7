package org.certcollect.protocol.v122;

import static org.certcollect.protocol.Endpoint.COLLECT_CCC;
import static org.certcollect.protocol.Endpoint.COLLECT_SSL;
import static org.certcollect.protocol.v106.Arguments106.QUERY_TYPE;
import static org.certcollect.protocol.v106.Arguments106.RESPONSE_MIME_TYPE;
import static org.certcollect.protocol.v106.Arguments106.RESPONSE_TYPE;
import static org.certcollect.protocol.v106.Arguments106.SHOW_VALIDITY_PERIOD;
import static org.certcollect.protocol.v122.Notation.BINARY;
import static org.certcollect.protocol.v122.Notation.JAVASCRIPT;
import static org.certcollect.protocol.v122.Notation.TEXT;
import static org.certcollect.protocol.v122.Notation.URL_ENCODED;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.certcollect.protocol.Argument;
import org.certcollect.protocol.ArgumentTable;
import org.certcollect.protocol.ArgumentValues;
import org.certcollect.protocol.CollectionCode;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.LoginName;
import org.certcollect.protocol.LoginPassword;
import org.certcollect.protocol.OrderNumber;
import org.certcollect.protocol.Parser;
import org.certcollect.protocol.v106.ResponseType;

/** The arguments of the later dialect (docs/protocol.md, section 2). */
public final class Arguments122 {
  private static final Set<Endpoint> BOTH = Set.of(COLLECT_SSL, COLLECT_CCC);
  private static final Set<Endpoint> SSL = Set.of(COLLECT_SSL);
  private static final Set<Endpoint> CCC = Set.of(COLLECT_CCC);

  static final Argument<LoginName> LOGIN_NAME =
      Argument.optional("loginName", BOTH, LoginName::parse).requiredIf(Arguments122::hasNoCode);

  static final Argument<LoginPassword> LOGIN_PASSWORD =
      Argument.optional("loginPassword", BOTH, LoginPassword::parse)
          .requiredIf(Arguments122::hasNoCode);

  static final Argument<Long> ORDER_NUMBER =
      Argument.optional("orderNumber", BOTH, Arguments122::number)
          .requiredIf(Arguments122::hasNothingElse);

  static final Argument<Long> CERTIFICATE_ID =
      Argument.optional(
          "certificateID", SSL, text -> number(text).filter(number -> text.length() <= 16));

  static final Argument<Long> BASE_ORDER_NUMBER =
      Argument.optional("baseOrderNumber", SSL, Arguments122::number);

  static final Argument<CollectionCode> COLLECTION_CODE =
      Argument.optional("collectionCode", CCC, CollectionCode::parse)
          .onlyIf((code, others) -> hasNothingOfALogin(others));

  static final Argument<Notation> RESPONSE_ENCODING =
      Argument.optional("responseEncoding", BOTH, notations(TEXT, BINARY, JAVASCRIPT))
          .withDefault(TEXT)
          .onlyIf(Arguments122::canEncodeWhatIsAskedFor);

  /** A name or a path of names, and nothing else: it is echoed into a script. */
  static final Argument<String> CALLBACK_FUNCTION_NAME =
      Argument.optional("callbackFunctionName", CCC, pattern("[A-Za-z_$][A-Za-z0-9_$.]{0,63}"))
          .onlyIf((name, others) -> others.get(RESPONSE_ENCODING) == JAVASCRIPT);

  static final Argument<Boolean> SHOW_FQDN = flag("showFQDN");
  static final Argument<Boolean> SHOW_EXT_STATUS = flag("showExtStatus");
  static final Argument<Boolean> SHOW_STATUS_DETAILS = flag("showStatusDetails");
  static final Argument<Boolean> SHOW_DOMAINS = flag("showMDCDomainDetails");
  static final Argument<Boolean> SHOW_DOMAINS_2 = flag("showMDCDomainDetails2");

  static final Argument<Notation> RESPONSE_FORMAT =
      Argument.optional("responseFormat", SSL, notations(TEXT, URL_ENCODED)).withDefault(TEXT);

  /** Arguments that clients send and that have no effect. */
  private static final Argument<String> BEHAVIOUR_VERSION =
      Argument.optional("behaviourVersion", SSL, pattern("[0-9]+"));

  private static final Argument<String> PRODUCT =
      Argument.optional("product", CCC, pattern("[0-9]+"));

  /** All of them, in the order in which they are checked. */
  static final ArgumentTable TABLE =
      new ArgumentTable(
          List.of(
              LOGIN_NAME,
              LOGIN_PASSWORD,
              ORDER_NUMBER,
              CERTIFICATE_ID,
              BASE_ORDER_NUMBER,
              COLLECTION_CODE,
              QUERY_TYPE,
              RESPONSE_TYPE,
              RESPONSE_ENCODING,
              CALLBACK_FUNCTION_NAME,
              RESPONSE_MIME_TYPE,
              SHOW_VALIDITY_PERIOD,
              SHOW_FQDN,
              SHOW_EXT_STATUS,
              SHOW_STATUS_DETAILS,
              SHOW_DOMAINS,
              SHOW_DOMAINS_2,
              RESPONSE_FORMAT,
              BEHAVIOUR_VERSION,
              PRODUCT));

  private Arguments122() {}

  private static Optional<Long> number(String text) {
    return OrderNumber.parse(text).map(OrderNumber::value);
  }

  private static Argument<Boolean> flag(String name) {
    return Argument.optional(name, SSL, Parser.ofWords(Map.of("Y", true, "N", false)))
        .withDefault(false);
  }

  /** Each stands for its place, from 0 on. */
  private static Parser<Notation> notations(Notation... notations) {
    List<Notation> all = List.of(notations);
    return Parser.ofIntegers(all, all::indexOf);
  }

  private static Parser<String> pattern(String regex) {
    return text -> Optional.of(text).filter(candidate -> candidate.matches(regex));
  }

  private static boolean hasNoCode(ArgumentValues values) {
    return !values.has(COLLECTION_CODE);
  }

  private static boolean hasNothingElse(ArgumentValues values) {
    return hasNoCode(values) && !values.has(CERTIFICATE_ID) && !values.has(BASE_ORDER_NUMBER);
  }

  static boolean hasNothingOfALogin(ArgumentValues values) {
    return !values.has(LOGIN_NAME) && !values.has(LOGIN_PASSWORD) && !values.has(ORDER_NUMBER);
  }

  private static boolean canEncodeWhatIsAskedFor(Notation encoding, ArgumentValues others) {
    return switch (encoding) {
      case TEXT, URL_ENCODED -> true;
      case JAVASCRIPT -> others.endpoint() == COLLECT_CCC;
      case BINARY ->
          switch (others.get(QUERY_TYPE)) {
            case STATUS -> true;
            case EVERYTHING -> isOneStructure(others.get(RESPONSE_TYPE));
            case END_ENTITY, CA_BUNDLE -> false;
          };
    };
  }

  private static boolean isOneStructure(ResponseType type) {
    return type == ResponseType.ZIP || type == ResponseType.PKCS7;
  }
}
