package org.certcollect.protocol;

import java.util.List;
import java.util.Optional;
import org.certcollect.protocol.format.ChainPart;

/** The {@code queryType} argument: the part of the chain that is asked for. */
public enum QueryType {
  /** Only the status. */
  STATUS(0, Optional.empty()),
  /** The end entity's certificate with its intermediates and root. */
  EVERYTHING(1, Optional.of(ChainPart.WHOLE)),
  /** Only the end entity's certificate. */
  END_ENTITY(2, Optional.of(ChainPart.END_ENTITY)),
  /** The intermediates and the root. */
  CA_BUNDLE(3, Optional.of(ChainPart.ISSUERS));

  private static final Parser<QueryType> PARSER =
      Parser.ofIntegers(List.of(values()), QueryType::value);

  private final int value;
  private final Optional<ChainPart> part;

  QueryType(int value, Optional<ChainPart> part) {
    this.value = value;
    this.part = part;
  }

  /** The query type that an integer stands for; empty if it stands for none. */
  public static Optional<QueryType> parse(String text) {
    return PARSER.parse(text);
  }

  /** The integer that stands for it. */
  public int value() {
    return value;
  }

  /** The part of the chain to hand out; empty for the status alone. */
  public Optional<ChainPart> part() {
    return part;
  }
}
