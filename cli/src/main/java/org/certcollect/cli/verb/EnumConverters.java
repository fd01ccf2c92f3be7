package org.certcollect.cli.verb;

import java.util.Iterator;
import org.certcollect.admin.EnumWords;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converters for options whose value is a product or a state, written as a word. */
public final class EnumConverters {
  private EnumConverters() {}

  /** Reads a product, for example {@code ssl}. */
  public static final class Products implements ITypeConverter<Product> {
    @Override
    public Product convert(String text) {
      return read(Product.class, text);
    }
  }

  /** Reads the state of an order, for example {@code awaiting-payment}. */
  public static final class States implements ITypeConverter<OrderState> {
    @Override
    public OrderState convert(String text) {
      return read(OrderState.class, text);
    }
  }

  /** The words that completion offers for a product. */
  public static final class ProductWords implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return EnumWords.all(Product.class).iterator();
    }
  }

  /** The words that completion offers for the state of an order. */
  public static final class StateWords implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return EnumWords.all(OrderState.class).iterator();
    }
  }

  private static <E extends Enum<E>> E read(Class<E> type, String text) {
    return EnumWords.read(type, EnumWords.of(text))
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + text + "' is not one of " + String.join(", ", EnumWords.all(type))));
  }
}
