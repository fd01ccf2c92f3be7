package org.certcollect.protocol.format;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.certcollect.protocol.QueryType.CA_BUNDLE;
import static org.certcollect.protocol.QueryType.END_ENTITY;
import static org.certcollect.protocol.QueryType.EVERYTHING;

import java.util.Set;
import org.certcollect.protocol.QueryType;
import org.certcollect.protocol.cells.Unpacked;
import org.certcollect.protocol.fixtures.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZipArchiveTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chain-3     | www_example_com.ca-bundle www_example_com.crt"
            + " ExampleIssuingCAE1.crt ExampleRootCAE0.crt",
        "wildcard    | STAR_example_com.ca-bundle STAR_example_com.crt ExampleRootCAW1.crt",
        "idn         | xn--bcher-kva_example.ca-bundle xn--bcher-kva_example.crt"
            + " ExampleRootCAI1.crt",
        "no-dns-name | 1234567.ca-bundle 1234567.crt ExampleClientRootCA.crt",
      })
  void theFilesAreNamedAfterTheFirstDnsNameOrTheOrder(String chain, String names) throws Exception {
    assertThat(Unpacked.files(Encoded.zip(chain, EVERYTHING)).keySet())
        .containsExactly(names.split(" "));
  }

  @Test
  void caCertificatesOfOneNameAreNumbered() throws Exception {
    assertThat(Unpacked.files(Encoded.zip("chain-10", EVERYTHING)).keySet())
        .containsSubsequence("ExampleTwinCA.crt", "ExampleTwinCA_2.crt")
        .hasSize(11);
  }

  @Test
  void aNameBeyondAsciiKeepsItsAsciiLetters() throws Exception {
    assertThat(Unpacked.files(Encoded.zip("utf8-subject", EVERYTHING)).keySet())
        .allMatch(name -> name.matches("[A-Za-z0-9_.-]+"));
  }

  @Test
  void punctuationOfACaNameIsLeftOut() throws Exception {
    assertThat(Unpacked.files(Encoded.zip("cross-signed", CA_BUNDLE)).keySet())
        .hasSize(3)
        .allMatch(name -> name.matches("[A-Za-z0-9]+\\.crt|[A-Za-z0-9_-]+\\.ca-bundle"));
  }

  @Test
  void theQueryTypeDecidesWhatIsInside() throws Exception {
    Set<String> everything = Unpacked.files(Encoded.zip("chain-4", EVERYTHING)).keySet();
    Set<String> endEntity = Unpacked.files(Encoded.zip("chain-4", END_ENTITY)).keySet();
    Set<String> bundle = Unpacked.files(Encoded.zip("chain-4", CA_BUNDLE)).keySet();
    assertThat(endEntity).hasSize(1).allMatch(name -> name.endsWith(".crt"));
    assertThat(bundle).hasSize(4).anyMatch(name -> name.endsWith(".ca-bundle"));
    assertThat(everything).containsAll(endEntity).containsAll(bundle).hasSize(5);
  }

  @Test
  void theBundleHasTheIssuerOfTheEndEntityFirstAndTheRootLast() throws Exception {
    String bundle =
        Unpacked.files(Encoded.zip("chain-4", CA_BUNDLE)).entrySet().stream()
            .filter(file -> file.getKey().endsWith(".ca-bundle"))
            .findAny()
            .orElseThrow()
            .getValue();
    assertThat(Unpacked.pem(bundle, "CERTIFICATE"))
        .usingRecursiveComparison()
        .isEqualTo(Fixtures.chain("chain-4").subList(1, 4));
  }

  @Test
  void aChainOfOneIsAFileOfItsOwn() throws Exception {
    assertThat(Unpacked.files(Encoded.zip("chain-1", EVERYTHING)).keySet())
        .containsExactly("selfsigned_example_com.crt");
  }

  @Test
  void aChainOfOneHasAnEmptyArchiveForABundle() {
    // The end of a central directory with nothing in it (APPNOTE 4.3.16).
    assertThat(Encoded.zip("chain-1", CA_BUNDLE))
        .hasSize(22)
        .startsWith("PK\5\6".getBytes(US_ASCII));
  }

  @ParameterizedTest
  @CsvSource({"EVERYTHING", "END_ENTITY", "CA_BUNDLE"})
  void theSameCertificatesGiveTheSameBytes(QueryType query) {
    assertThat(Encoded.zip("chain-3", query)).isEqualTo(Encoded.zip("chain-3", query));
  }
}
