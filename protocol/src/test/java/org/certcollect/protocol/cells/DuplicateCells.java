package org.certcollect.protocol.cells;

import java.util.Locale;
import java.util.stream.Stream;
import org.certcollect.protocol.Endpoint;

/** Each argument twice. */
final class DuplicateCells {
  private DuplicateCells() {}

  static Stream<Cell> of(Endpoint endpoint) {
    return Ways.of(endpoint).stream()
        .flatMap(
            way ->
                way.arguments(endpoint)
                    .flatMap(name -> cells(way.folder("twice"), way.longest(endpoint), name)));
  }

  private static Stream<Cell> cells(String folder, RequestFields longest, String name) {
    String value = longest.value(name);
    String other = other(longest.endpoint(), name);
    return Stream.of(
        longest.and(name, value).cell(folder, name + ",same"),
        longest.and(name, other).cell(folder, name + ",different"),
        longest
            .and(name.toUpperCase(Locale.ROOT), other)
            .cell(folder, name + ",different-in-capitals"),
        longest.and(name, "").cell(folder, name + ",empty-after"),
        longest.with(name, "").and(name, value).cell(folder, name + ",empty-before"),
        longest.and(name, value).and(name, other).cell(folder, name + ",third-different"));
  }

  /** Another value that would be valid on its own. */
  private static String other(Endpoint endpoint, String name) {
    return switch (name) {
      case ArgumentNames.LOGIN_NAME -> TestAccount.NEIGHBOUR.login();
      case ArgumentNames.LOGIN_PASSWORD -> TestAccount.NEIGHBOUR.password();
      // The same number, but not the same text.
      case ArgumentNames.ORDER_NUMBER -> "0" + Situation.ISSUED.orderNumber(endpoint);
      case ArgumentNames.COLLECTION_CODE -> Situation.PROCESSING.collectionCode();
      case ArgumentNames.QUERY_TYPE, ArgumentNames.RESPONSE_TYPE -> "3";
      case ArgumentNames.RESPONSE_ENCODING -> "1";
      case ArgumentNames.RESPONSE_MIME_TYPE -> "text/plain";
      case ArgumentNames.SHOW_VALIDITY_PERIOD -> "N";
      default -> throw new IllegalStateException("no other value of " + name + " yet");
    };
  }
}
