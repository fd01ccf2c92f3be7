package org.certcollect.protocol.cells;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.cells.Cell.Method;

/** The fields of a request in the making. Immutable. */
record RequestFields(Endpoint endpoint, Situation situation, List<Field> list) {
  static final String FORM = "application/x-www-form-urlencoded";

  record Field(String name, String value) {
    String encoded() {
      return URLEncoder.encode(name, UTF_8) + "=" + URLEncoder.encode(value, UTF_8);
    }
  }

  RequestFields {
    list = List.copyOf(list);
  }

  /** The fields that a client with a login must send. */
  static RequestFields byLogin(Endpoint endpoint, Situation situation) {
    return new RequestFields(endpoint, situation, List.of())
        .with(ArgumentNames.LOGIN_NAME, situation.login())
        .with(ArgumentNames.LOGIN_PASSWORD, situation.password())
        .with(ArgumentNames.ORDER_NUMBER, Long.toString(situation.orderNumber(endpoint)))
        .with(ArgumentNames.QUERY_TYPE, "1");
  }

  /** The fields that a client with a collection code must send. */
  static RequestFields byCode(Situation situation) {
    return new RequestFields(Endpoint.COLLECT_CCC, situation, List.of())
        .with(ArgumentNames.COLLECTION_CODE, situation.collectionCode())
        .with(ArgumentNames.QUERY_TYPE, "1");
  }

  /** With this as the only value of the name, in its place. */
  RequestFields with(String name, String value) {
    if (list.stream().noneMatch(field -> field.name().equals(name))) {
      return and(name, value);
    }
    return new RequestFields(
        endpoint,
        situation,
        list.stream()
            .map(field -> field.name().equals(name) ? new Field(name, value) : field)
            .toList());
  }

  /** With one more field at the end. */
  RequestFields and(String name, String value) {
    List<Field> more = new ArrayList<>(list);
    more.add(new Field(name, value));
    return new RequestFields(endpoint, situation, more);
  }

  RequestFields without(String name) {
    return new RequestFields(
        endpoint, situation, list.stream().filter(field -> !field.name().equals(name)).toList());
  }

  /** The value of a name that is there. */
  String value(String name) {
    return list.stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow().value();
  }

  String encoded() {
    return list.stream().map(Field::encoded).collect(joining("&"));
  }

  /** A POST over HTTPS with the fields in its body. */
  Cell cell(String... path) {
    return cell(Optional.empty(), Optional.of(FORM), encoded(), path);
  }

  /** A POST over HTTPS. */
  Cell cell(Optional<String> query, Optional<String> contentType, String body, String... path) {
    return new Cell(
        endpoint.title() + "/" + String.join("/", path),
        endpoint,
        true,
        Method.POST,
        query,
        contentType,
        body,
        situation);
  }
}
