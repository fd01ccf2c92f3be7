package org.certcollect.protocol.cells;

import java.util.Locale;
import java.util.stream.Stream;
import org.certcollect.protocol.Argument;
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

  private static Stream<Cell> cells(String folder, Fields longest, String name) {
    String value = longest.value(name);
    String other = other(longest.endpoint(), name);
    return Stream.of(
        longest.and(name, value).cell(folder, name + ",same"),
        longest.and(name, other).cell(folder, name + ",different"),
        longest
            .and(name.toUpperCase(Locale.ROOT), other)
            .cell(folder, name + ",different-in-capitals"),
        longest.and(name, "").cell(folder, name + ",empty-behind"),
        longest.with(name, "").and(name, value).cell(folder, name + ",empty-before"),
        longest.and(name, value).and(name, other).cell(folder, name + ",third-different"));
  }

  /** A value that would be right, too, were it alone. */
  private static String other(Endpoint endpoint, String name) {
    return switch (name) {
      case Argument.LOGIN_NAME -> TestAccount.NEIGHBOUR.login();
      case Argument.LOGIN_PASSWORD -> TestAccount.NEIGHBOUR.password();
      // The same number, but not the same value.
      case Argument.ORDER_NUMBER -> "0" + Situation.ISSUED.orderNumber(endpoint);
      case Argument.COLLECTION_CODE -> Situation.PROCESSING.collectionCode();
      case Argument.QUERY_TYPE, Argument.RESPONSE_TYPE -> "3";
      case Argument.RESPONSE_ENCODING -> "1";
      case Argument.RESPONSE_MIME_TYPE -> "text/plain";
      case Argument.SHOW_VALIDITY_PERIOD -> "N";
      default -> throw new IllegalStateException("no other value of " + name + " yet");
    };
  }
}
