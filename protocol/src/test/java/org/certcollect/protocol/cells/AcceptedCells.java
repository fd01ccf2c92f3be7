package org.certcollect.protocol.cells;

import static org.certcollect.protocol.cells.ArgumentNames.ORDER_NUMBER;
import static org.certcollect.protocol.cells.ArgumentNames.QUERY_TYPE;
import static org.certcollect.protocol.cells.ArgumentNames.RESPONSE_ENCODING;
import static org.certcollect.protocol.cells.ArgumentNames.RESPONSE_MIME_TYPE;
import static org.certcollect.protocol.cells.ArgumentNames.RESPONSE_TYPE;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.certcollect.protocol.Endpoint;

/** Values that their rules only just allow. */
final class AcceptedCells {
  private static final String FOLDER = "accepted";

  private AcceptedCells() {}

  static Stream<Cell> of(Endpoint endpoint) {
    Stream<Cell> zeros = Ways.of(endpoint).stream().flatMap(way -> leadingZeros(endpoint, way));
    return Cells.knows(endpoint, RESPONSE_MIME_TYPE)
        ? Stream.concat(zeros, mediaTypes(endpoint))
        : zeros;
  }

  private static Stream<Cell> leadingZeros(Endpoint endpoint, Ways way) {
    RequestFields longest = way.longest(endpoint);
    return way.arguments(endpoint)
        .filter(AcceptedCells::isInteger)
        .flatMap(
            name ->
                Stream.of("0", "0".repeat(100))
                    .map(
                        zeros ->
                            longest
                                .with(name, zeros + longest.value(name))
                                .cell(
                                    way.folder(FOLDER),
                                    name + "," + zeros.length() + "-leading-zeros")));
  }

  private static boolean isInteger(String name) {
    return switch (name) {
      case ORDER_NUMBER, QUERY_TYPE, RESPONSE_TYPE, RESPONSE_ENCODING -> true;
      default -> false;
    };
  }

  private static Stream<Cell> mediaTypes(Endpoint endpoint) {
    RequestFields status = RequestFields.byLogin(endpoint, Situation.ISSUED).with(QUERY_TYPE, "0");
    Map<String, String> types = new LinkedHashMap<>();
    types.put("of-the-specification", "application/x-x509-user-cert");
    types.put("upper-case", "TEXT/Plain");
    types.put("every-token-character", "!#$%&'*+.^_`|~-0aZ/!#$%&'*+.^_`|~-0aZ");
    types.put("parameter", "text/plain;charset=utf-8");
    types.put("parameters", "text/plain; charset=utf-8 ; format=flowed");
    types.put("quoted", "text/plain; a=\"b; c=\\\"d\\\"\"");
    types.put("semicolon-after", "text/plain;");
    types.put("255-characters", "text/" + "x".repeat(250));
    return types.entrySet().stream()
        .map(
            type ->
                status
                    .with(RESPONSE_MIME_TYPE, type.getValue())
                    .cell(FOLDER, RESPONSE_MIME_TYPE + "," + type.getKey()));
  }
}
