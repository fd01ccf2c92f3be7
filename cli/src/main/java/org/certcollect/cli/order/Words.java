package org.certcollect.cli.order;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.certcollect.store.OrderState;
import org.certcollect.store.Product;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How states and products are written on the command line: {@code awaiting-payment}, {@code ssl}.
 */
public final class Words {
  private Words() {}

  public static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Reads a product. */
  public static final class Products implements ITypeConverter<Product> {
    @Override
    public Product convert(String text) {
      return read(Product.values(), text);
    }
  }

  /** Reads an order's state. */
  public static final class States implements ITypeConverter<OrderState> {
    @Override
    public OrderState convert(String text) {
      return read(OrderState.values(), text);
    }
  }

  private static <E extends Enum<E>> E read(E[] values, String text) {
    String word = text.toLowerCase(Locale.ROOT).replace('_', '-');
    return Arrays.stream(values)
        .filter(value -> of(value).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'%s' is none of %s"
                        .formatted(
                            text,
                            Arrays.stream(values)
                                .map(Words::of)
                                .collect(Collectors.joining(", ")))));
  }
}
