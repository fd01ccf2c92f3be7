package org.certcollect.cli.transfer;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.certcollect.admin.Pem;
import org.certcollect.protocol.fixtures.Fixtures;
import org.certcollect.store.x509.Certificate;

/** Makes lines of the import format, right ones and wrong ones. */
final class Lines {
  static final String HEADER = "{\"format\":\"certcollect\",\"version\":1}";
  static final String ACCOUNT =
      """
      {"type":"account","login":"demo","passwordHash":"%s","products":["ssl","ccc"],\
      "created":"2026-01-01T00:00:00Z"}\
      """
          .formatted(Filled.HASH.phc());

  private Lines() {}

  static String file(String... lines) {
    return Stream.concat(Stream.of(HEADER), Stream.of(lines))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** An order with more keys behind those that each has. */
  static String order(long number, String state, String more) {
    return String.format(
        Locale.ROOT,
        """
        {"type":"order","number":%d,"account":"demo","product":"ssl","state":"%s",\
        "created":"2026-02-03T04:05:06Z"%s}\
        """,
        number,
        state,
        more);
  }

  static String issued(long number, String certificates) {
    return order(number, "issued", ",\"certificates\":[" + certificates + "]");
  }

  /** A certificate with its chain, all as PEM. */
  static String whole(String fixture) {
    return "{\"certificate\":\"%s\",\"chain\":[%s]}"
        .formatted(
            pem(fixture, 0),
            Stream.iterate(1, i -> i + 1)
                .limit(Fixtures.chain(fixture).size() - 1L)
                .map(i -> '"' + pem(fixture, i) + '"')
                .collect(Collectors.joining(",")));
  }

  static String ca(String fixture, int index) {
    return "{\"type\":\"ca\",\"certificate\":\"%s\"}".formatted(pem(fixture, index));
  }

  /** One certificate of a chain, as PEM within JSON. */
  static String pem(String fixture, int index) {
    return Pem.certificate(Fixtures.chain(fixture).get(index)).replace("\n", "\\n");
  }

  static String text(String fixtureFile) {
    return new String(Fixtures.bytes(fixtureFile), StandardCharsets.US_ASCII).replace("\n", "\\n");
  }

  static String reference(String fixture, int index) {
    X509Certificate certificate = Fixtures.certificates(fixture).get(index);
    return "sha256:" + Certificate.of(certificate).fingerprint();
  }
}
