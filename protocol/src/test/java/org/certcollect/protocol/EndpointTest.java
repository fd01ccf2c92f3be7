package org.certcollect.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  @Test
  void eachEndpointIsFoundAtThePathOfTheSpecification() {
    assertThat(Endpoint.at("/products/download/CollectSSL")).contains(Endpoint.COLLECT_SSL);
    assertThat(Endpoint.at("/products/download/CollectCCC")).contains(Endpoint.COLLECT_CCC);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/products/download/",
        "/products/download/CollectSSL/",
        "/products/download/collectssl",
        "/products/download/CollectSSL?queryType=0",
        "//products/download/CollectSSL",
        "/products/download/../download/CollectSSL",
        "/products/download/Collect%53SL",
        "CollectSSL"
      })
  void noEndpointIsFoundAtAnyOtherPath(String path) {
    assertThat(Endpoint.at(path)).isEmpty();
  }
}
