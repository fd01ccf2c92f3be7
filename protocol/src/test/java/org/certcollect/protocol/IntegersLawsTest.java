package org.certcollect.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class IntegersLawsTest {
  private static final BigInteger MAX = BigInteger.TWO.pow(63).subtract(BigInteger.ONE);

  @Provide
  Arbitrary<String> almostIntegers() {
    return Arbitraries.oneOf(
        Arbitraries.strings().numeric().ofMaxLength(25),
        Arbitraries.strings().withChars("0123456789+-. eE\u0661\uff11\u00b2\0\n").ofMaxLength(6),
        Arbitraries.bigIntegers()
            .between(MAX.subtract(BigInteger.TEN), MAX.add(BigInteger.TEN))
            .map(BigInteger::toString),
        Arbitraries.strings().ofMaxLength(5));
  }

  @Law
  void everyNumberIsReadBackWithLeadingZeros(
      @ForAll @LongRange(min = 0) long number, @ForAll @IntRange(max = 30) int zeros) {
    assertThat(Integers.parse("0".repeat(zeros) + number)).contains(number);
  }

  @Law
  void aTextIsAnIntegerIfItIsAsciiDigitsInRange(@ForAll("almostIntegers") String text) {
    boolean expected = text.matches("[0-9]+") && new BigInteger(text).compareTo(MAX) <= 0;
    assertThat(Integers.parse(text).isPresent()).isEqualTo(expected);
  }

  @Law
  void anOrderNumberIsAnIntegerOtherThanZero(@ForAll("almostIntegers") String text) {
    assertThat(OrderNumber.parse(text).map(OrderNumber::value))
        .isEqualTo(Integers.parse(text).filter(value -> value != 0));
  }
}
