package org.certcollect.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.certcollect.protocol.QueryType;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.protocol.format.Der;
import org.certcollect.server.config.CollectDialect;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The certificates in every form of both dialects, from the real server. */
class CertificateFormsTest {
  private static final AccountLogin LOGIN = AccountLogin.of(RealServer.LOGIN, RealServer.PASSWORD);

  @TempDir private Path folder;

  private static CertificateChain expected(String name, QueryType part) {
    List<Der> chain = Fixtures.chain(name).stream().map(Der::of).toList();
    return new CertificateChain(
        part == QueryType.CA_BUNDLE ? Optional.empty() : Optional.of(chain.get(0)),
        part == QueryType.END_ENTITY ? List.of() : chain.subList(1, chain.size()));
  }

  @ParameterizedTest
  @EnumSource(CollectDialect.class)
  void everyFormHasTheCertificatesOfTheOrder(CollectDialect dialect) throws Exception {
    try (RealServer server = new RealServer(folder, dialect).filled()) {
      CollectClient client = server.client();
      for (Map.Entry<String, CollectQuery<CertificateChain>> order :
          Map.of(
                  "chain-4", CollectQuery.serverCertificate(LOGIN, 5),
                  "chain-1", CollectQuery.serverCertificate(LOGIN, 6),
                  "chain-2", CollectQuery.clientCertificate(RealServer.CODE))
              .entrySet()) {
        CollectQuery<CertificateChain> query = order.getValue();
        for (QueryType part :
            List.of(QueryType.EVERYTHING, QueryType.END_ENTITY, QueryType.CA_BUNDLE)) {
          CertificateChain chain = expected(order.getKey(), part);
          assertThat(client.collect(query.part(part)).orElseThrow()).isEqualTo(chain);
          assertThat(client.collect(query.asZip().part(part)).orElseThrow().chain())
              .isEqualTo(chain);
        }
        CertificateChain chain = expected(order.getKey(), QueryType.EVERYTHING);
        for (CollectQuery<CertificateStructure> structure :
            List.of(query.asPkcs7(), query.asBinaryPkcs7(), query.asNetscapeSequence())) {
          assertThat(client.collect(structure).orElseThrow().chain()).isEqualTo(chain);
        }
      }
      if (dialect == CollectDialect.V1_22) {
        CollectQuery<CertificateChain> query =
            CollectQuery.serverCertificate(LOGIN, 5).withDetails();
        CertificateChain chain = expected("chain-4", QueryType.EVERYTHING);
        assertThat(client.collect(query).orElseThrow()).isEqualTo(chain);
        assertThat(client.collect(query.asZip()).orElseThrow().chain()).isEqualTo(chain);
        assertThat(client.collect(query.asPkcs7()).orElseThrow().chain()).isEqualTo(chain);
        assertThat(client.collect(query.asNetscapeSequence()).orElseThrow().chain())
            .isEqualTo(chain);
      }
    }
  }
}
