package org.certcollect.server.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.certcollect.store.Collects.OrderStatus;
import org.certcollect.store.Collects.ValidationDetails;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.OrderValidation;
import org.certcollect.store.domain.Product;
import org.junit.jupiter.api.Test;

class DetailsMappingTest {
  private final AtomicInteger readings = new AtomicInteger();
  private final ValidationDetails details =
      new ValidationDetails(
          () -> {
            readings.incrementAndGet();
            return Optional.of("www.example.com");
          },
          OrderValidation.NONE.withDefaults(false, true));

  @Test
  void theDomainNameIsReadOnlyIfItIsTold() {
    assertThat(fqdn(false)).isEmpty();
    assertThat(readings).hasValue(0);

    assertThat(fqdn(true)).contains("www.example.com");
    assertThat(readings).hasValue(1);
  }

  private Optional<String> fqdn(boolean named) {
    OrderStatus order =
        new OrderStatus(7, Product.SSL, OrderState.PROCESSING, Optional.empty(), false);
    return DetailsMapping.of(order, details, named, Instant.EPOCH).fqdn();
  }
}
