package org.certcollect.protocol.cells;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.certcollect.protocol.Argument;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.v106.Specification106;

/** All cells of specification 1.06. */
public final class Cells {
  private static final List<Function<Endpoint, Stream<Cell>>> GROUPS =
      List.of(
          IssuedCells::of,
          SituationCells::of,
          AbsentCells::of,
          InvalidCells::of,
          AcceptedCells::of,
          DuplicateCells::of,
          NameCells::of,
          TransportCells::of,
          MimeTypeCells::of,
          PlacementCells::of,
          CharsetCells::of,
          OrderOfChecksCells::of);

  private Cells() {}

  /** Every cell, in a fixed order. */
  public static List<Cell> all() {
    return Arrays.stream(Endpoint.values())
        .flatMap(endpoint -> GROUPS.stream().flatMap(group -> group.apply(endpoint)))
        .toList();
  }

  static boolean knows(Endpoint endpoint, String argument) {
    return Specification106.DIALECT.arguments().arguments(endpoint).stream()
        .map(Argument::name)
        .anyMatch(argument::equals);
  }
}
