package org.certcollect.protocol.v106;

import static org.certcollect.protocol.Endpoint.COLLECT_CCC;
import static org.certcollect.protocol.Endpoint.COLLECT_SSL;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.certcollect.protocol.Argument;
import org.certcollect.protocol.ArgumentTable;
import org.certcollect.protocol.ArgumentValues;
import org.certcollect.protocol.CollectionCode;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.LoginName;
import org.certcollect.protocol.LoginPassword;
import org.certcollect.protocol.MediaType;
import org.certcollect.protocol.OrderNumber;
import org.certcollect.protocol.Parser;
import org.certcollect.protocol.QueryType;

/** The arguments of specification 1.06 (section 1 there; docs/protocol.md, section 2). */
public final class Arguments106 {
  private static final Set<Endpoint> BOTH = Set.of(COLLECT_SSL, COLLECT_CCC);

  public static final Argument<LoginName> LOGIN_NAME =
      Argument.optional("loginName", BOTH, LoginName::parse).requiredIf(Arguments106::hasNoCode);

  public static final Argument<LoginPassword> LOGIN_PASSWORD =
      Argument.optional("loginPassword", BOTH, LoginPassword::parse)
          .requiredIf(Arguments106::hasNoCode);

  public static final Argument<OrderNumber> ORDER_NUMBER =
      Argument.optional("orderNumber", BOTH, OrderNumber::parse)
          .requiredIf(Arguments106::hasNoCode);

  public static final Argument<CollectionCode> COLLECTION_CODE =
      Argument.optional("collectionCode", Set.of(COLLECT_CCC), CollectionCode::parse)
          .onlyIf((code, others) -> hasNothingOfALogin(others));

  public static final Argument<QueryType> QUERY_TYPE =
      Argument.optional("queryType", BOTH, QueryType::parse).required();

  public static final Argument<ResponseType> RESPONSE_TYPE =
      Argument.optional(
              "responseType",
              BOTH,
              Parser.ofIntegers(List.of(ResponseType.values()), ResponseType::value))
          .withDefault(ResponseType.INDIVIDUALLY)
          .onlyIf(Arguments106::canHoldWhatIsAskedFor);

  public static final Argument<ResponseEncoding> RESPONSE_ENCODING =
      Argument.optional(
              "responseEncoding",
              BOTH,
              Parser.ofIntegers(List.of(ResponseEncoding.values()), ResponseEncoding::value))
          .withDefault(ResponseEncoding.BASE64)
          .onlyIf(Arguments106::canEncodeWhatIsAskedFor);

  public static final Argument<MediaType> RESPONSE_MIME_TYPE =
      Argument.optional("responseMimeType", Set.of(COLLECT_CCC), MediaType::parse)
          .withDefault(MediaType.TEXT_PLAIN);

  public static final Argument<Boolean> SHOW_VALIDITY_PERIOD =
      Argument.optional("showValidityPeriod", BOTH, Parser.ofWords(Map.of("Y", true, "N", false)))
          .withDefault(false);

  /** All of them, in the order in which they are checked. */
  static final ArgumentTable TABLE =
      new ArgumentTable(
          List.of(
              LOGIN_NAME,
              LOGIN_PASSWORD,
              ORDER_NUMBER,
              COLLECTION_CODE,
              QUERY_TYPE,
              RESPONSE_TYPE,
              RESPONSE_ENCODING,
              RESPONSE_MIME_TYPE,
              SHOW_VALIDITY_PERIOD));

  private Arguments106() {}

  private static boolean hasNoCode(ArgumentValues values) {
    return !values.has(COLLECTION_CODE);
  }

  static boolean hasNothingOfALogin(ArgumentValues values) {
    return !values.has(LOGIN_NAME) && !values.has(LOGIN_PASSWORD) && !values.has(ORDER_NUMBER);
  }

  /** With {@link QueryType#STATUS} nothing is encoded, and every structure is allowed. */
  private static boolean canHoldWhatIsAskedFor(ResponseType type, ArgumentValues others) {
    return switch (others.get(QUERY_TYPE)) {
      case STATUS, EVERYTHING -> true;
      case END_ENTITY, CA_BUNDLE -> !type.needsWholeChain();
    };
  }

  /** As for the structure; only a PKCS#7 structure can go without its text encoding. */
  private static boolean canEncodeWhatIsAskedFor(ResponseEncoding encoding, ArgumentValues others) {
    return encoding == ResponseEncoding.BASE64
        || switch (others.get(QUERY_TYPE)) {
          case STATUS -> true;
          case EVERYTHING -> others.get(RESPONSE_TYPE) == ResponseType.PKCS7;
          case END_ENTITY, CA_BUNDLE -> false;
        };
  }
}
