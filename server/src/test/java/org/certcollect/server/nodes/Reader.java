package org.certcollect.server.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.server.nodes.Reseller.Access;
import org.certcollect.server.nodes.Reseller.ItsOrder;
import org.certcollect.server.testing.Forms;
import org.certcollect.server.testing.RawConnection;
import org.certcollect.server.testing.TestServer;

/**
 * Asks all nodes in turn, on connections that stay open, and holds each answer against what was
 * acknowledged before the request was sent, and begun before the answer was there. Used by one
 * thread.
 */
final class Reader implements AutoCloseable {
  /** The end entity's certificate of each chain, as an answer begins with it. */
  private static final Map<String, String> CERTIFICATES = certificates();

  private final List<RawConnection> connections = new ArrayList<>();
  private final List<Reseller> resellers;
  private final Random random;
  private int asked;
  private int sharp;

  Reader(List<TestServer> nodes, List<Reseller> resellers, long seed) throws IOException {
    this.resellers = resellers;
    random = new Random(seed);
    for (TestServer node : nodes) {
      connections.add(RawConnection.https(node));
    }
  }

  /** One request. */
  void ask() throws IOException {
    RawConnection node = connections.get(asked++ % connections.size());
    Reseller reseller = resellers.get(random.nextInt(resellers.size()));
    ItsOrder order = reseller.order(random.nextInt(Reseller.ORDERS));
    int oldestAccess = reseller.access().acknowledged();
    int oldestAnswer = order.answers().acknowledged();
    String password = reseller.access().at(passwordOf(oldestAccess)).password();

    String form = Forms.certificates(reseller.login(), password, order.number());
    String answer = firstOf(node.post(Forms.SSL, form).body());

    Set<String> right = new HashSet<>();
    for (Access access : reseller.access().since(oldestAccess)) {
      if (access.enabled() && access.password().equals(password)) {
        right.addAll(order.answers().since(oldestAnswer));
      } else {
        right.add("-16");
      }
    }
    assertThat(answer).as("order %d of %s", order.number(), reseller.login()).isIn(right);
    sharp += right.size() == 1 ? 1 : 0;
  }

  /** Mostly the newest, now and then one of before. */
  private int passwordOf(int newest) {
    return random.nextInt(4) > 0 ? newest : random.nextInt(newest + 1);
  }

  /** For how many requests only one answer was right. */
  int sharp() {
    return sharp;
  }

  private static Map<String, String> certificates() {
    Map<String, String> certificates = new LinkedHashMap<>();
    for (String chain : Fixtures.chains()) {
      certificates.put(chain, Base64.getEncoder().encodeToString(Fixtures.chain(chain).get(0)));
    }
    return certificates;
  }

  /** The name of the chain that an answer brings, or the answer's first line. */
  private static String firstOf(String body) {
    if (!body.startsWith("2\n")) {
      return body.lines().findFirst().orElse("");
    }
    String text = body.replace("\n", "").replace("\r", "");
    return CERTIFICATES.entrySet().stream()
        .filter(certificate -> text.contains(certificate.getValue()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("a certificate that nobody issued");
  }

  @Override
  public void close() throws IOException {
    for (RawConnection connection : connections) {
      connection.close();
    }
  }
}
