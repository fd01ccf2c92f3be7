package org.certcollect.protocol;

import static org.certcollect.protocol.Argument.COLLECTION_CODE;
import static org.certcollect.protocol.Argument.LOGIN_NAME;
import static org.certcollect.protocol.Argument.LOGIN_PASSWORD;
import static org.certcollect.protocol.Argument.ORDER_NUMBER;
import static org.certcollect.protocol.Argument.Presence.OPTIONAL;
import static org.certcollect.protocol.Argument.Presence.REQUIRED;
import static org.certcollect.protocol.Argument.Presence.REQUIRED_WITHOUT_COLLECTION_CODE;
import static org.certcollect.protocol.Argument.QUERY_TYPE;
import static org.certcollect.protocol.Argument.RESPONSE_ENCODING;
import static org.certcollect.protocol.Argument.RESPONSE_MIME_TYPE;
import static org.certcollect.protocol.Argument.RESPONSE_TYPE;
import static org.certcollect.protocol.Argument.SHOW_VALIDITY_PERIOD;
import static org.certcollect.protocol.Endpoint.COLLECT_CCC;
import static org.certcollect.protocol.Endpoint.COLLECT_SSL;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The Collect specification 1.06 as a {@link Dialect}. */
public final class Specification106 {
  private static final Set<Endpoint> BOTH = Set.of(COLLECT_SSL, COLLECT_CCC);
  private static final Set<Endpoint> CCC = Set.of(COLLECT_CCC);
  private static final Optional<String> NONE = Optional.empty();

  /** Only with everything asked for does a structure for all certificates make sense. */
  private static final Rule TYPE_NEEDS =
      Rules.needs(
          Set.of(ResponseType.NETSCAPE_SEQUENCE.value(), ResponseType.PKCS7.value()),
          values -> values.integer(QUERY_TYPE) == QueryType.EVERYTHING.value());

  /** Only a PKCS#7 structure of everything can go without its text armour. */
  private static final Rule ENCODING_NEEDS =
      Rules.needs(
          Set.of(ResponseEncoding.BINARY.value()),
          values ->
              values.integer(QUERY_TYPE) == QueryType.EVERYTHING.value()
                  && values.integer(RESPONSE_TYPE) == ResponseType.PKCS7.value());

  /** The table of section 1, the texts of section 2.1 and the layout of section 2.2. */
  public static final Dialect DIALECT =
      new Dialect(
          List.of(
              new Argument(
                  LOGIN_NAME,
                  BOTH,
                  REQUIRED_WITHOUT_COLLECTION_CODE,
                  NONE,
                  List.of(Rules.text(LoginName.MAX_LENGTH))),
              new Argument(
                  LOGIN_PASSWORD,
                  BOTH,
                  REQUIRED_WITHOUT_COLLECTION_CODE,
                  NONE,
                  List.of(Rules.text(LoginPassword.MAX_LENGTH))),
              new Argument(
                  ORDER_NUMBER,
                  BOTH,
                  REQUIRED_WITHOUT_COLLECTION_CODE,
                  NONE,
                  List.of(Rules.orderNumber())),
              new Argument(
                  COLLECTION_CODE,
                  CCC,
                  OPTIONAL,
                  NONE,
                  List.of(
                      Rules.text(CollectionCode.MAX_LENGTH),
                      Rules.without(LOGIN_NAME, LOGIN_PASSWORD, ORDER_NUMBER))),
              new Argument(QUERY_TYPE, BOTH, REQUIRED, NONE, List.of(Rules.upTo(3))),
              new Argument(
                  RESPONSE_TYPE,
                  BOTH,
                  OPTIONAL,
                  Optional.of("3"),
                  List.of(Rules.upTo(3), TYPE_NEEDS)),
              new Argument(
                  RESPONSE_ENCODING,
                  BOTH,
                  OPTIONAL,
                  Optional.of("0"),
                  List.of(Rules.upTo(1), ENCODING_NEEDS)),
              new Argument(
                  RESPONSE_MIME_TYPE,
                  CCC,
                  OPTIONAL,
                  Optional.of(MediaType.TEXT_PLAIN.value()),
                  List.of(Rules.mediaType())),
              new Argument(
                  SHOW_VALIDITY_PERIOD,
                  BOTH,
                  OPTIONAL,
                  Optional.of("N"),
                  List.of(Rules.oneOf("Y", "N")))),
          StatusCode::text,
          List.of(HeadLine.status(), HeadLine.message(), HeadLine.validity()));

  private Specification106() {}
}
