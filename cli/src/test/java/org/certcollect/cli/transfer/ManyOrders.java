package org.certcollect.cli.transfer;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.certcollect.protocol.fixtures.Fixtures;

/** Any number of orders in the import format: both products, every state, a few certificates. */
final class ManyOrders {
  private static final int ACCOUNTS = 50;
  private static final long FIRST_NUMBER = 1_000_001;
  private static final Instant START = Instant.parse("2025-11-01T00:00:00Z");
  private static final List<List<X509Certificate>> CHAINS =
      List.of(Fixtures.certificates("chain-3"), Fixtures.certificates("chain-2"));

  private ManyOrders() {}

  /** Writes a file of so many orders. */
  static void write(Path file, int count) {
    write(file, count, 0);
  }

  /** Writes a file of so many orders, each with so many bytes more in an event. */
  static void write(Path file, int count, int more) {
    try (OutputStream out = Files.newOutputStream(file)) {
      write(out, count, "x".repeat(more));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes so many orders, and before them the CA certificates and accounts that they name. */
  static void write(OutputStream stream, int count) throws IOException {
    write(stream, count, "");
  }

  private static void write(OutputStream stream, int count, String more) throws IOException {
    Writer out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.US_ASCII));
    out.write("{\"format\":\"certcollect\",\"version\":1}\n");
    for (List<X509Certificate> chain : CHAINS) {
      for (X509Certificate issuer : chain.subList(1, chain.size())) {
        out.write("{\"type\":\"ca\",\"certificate\":" + pem(issuer) + "}\n");
      }
    }
    for (int i = 0; i < ACCOUNTS; i++) {
      out.write(
          "{\"type\":\"account\",\"login\":\"reseller"
              + i
              + "\",\"passwordHash\":\"$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2Fs$"
              + "aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFz\","
              + "\"products\":[\"ssl\",\"ccc\"],\"created\":\"2015-01-01T00:00:00Z\"}\n");
    }
    String[] certificates = CHAINS.stream().map(ManyOrders::certificates).toArray(String[]::new);
    for (int i = 0; i < count; i++) {
      out.write(order(i, certificates[i / 8 % certificates.length], more));
    }
    out.flush();
  }

  private static String order(int i, String certificates, String more) {
    String product = i % 5 == 0 ? "ccc" : "ssl";
    Instant created = START.plusSeconds(60L * i);
    String events = event("add", "", "AWAITING_PAYMENT", created);
    String rest = i % 5 == 0 ? ",\"codeHash\":\"" + codeHash(i) + '"' : "";
    String state;
    switch (i % 8) {
      case 0 -> state = "awaiting-payment";
      case 1 -> {
        state = "processing";
        events += event("pay", "AWAITING_PAYMENT", "PROCESSING", created);
      }
      case 2 -> {
        state = "rejected";
        events += event("reject", "AWAITING_PAYMENT", "REJECTED", created);
      }
      default -> {
        state = i % 8 == 3 ? "revoked" : "issued";
        rest += certificates;
        events += event("pay", "AWAITING_PAYMENT", "PROCESSING", created);
        events += event("issue", "PROCESSING", "ISSUED", created);
        events += i % 8 == 3 ? event("revoke", "ISSUED", "REVOKED", created) : "";
      }
    }
    return "{\"type\":\"order\",\"number\":"
        + (FIRST_NUMBER + i)
        + ",\"account\":\"reseller"
        + i % ACCOUNTS
        + "\",\"product\":\""
        + product
        + "\",\"state\":\""
        + state
        + "\",\"created\":\""
        + created
        + '"'
        + rest
        + ",\"events\":["
        + (more.isEmpty() ? events : events.replaceFirst("}", ",\"detail\":\"" + more + "\"}"))
        + "]}\n";
  }

  private static String event(String action, String from, String to, Instant at) {
    return (from.isEmpty() ? "" : ",")
        + "{\"at\":\""
        + at
        + "\",\"actor\":\"cli:operator\",\"action\":\"order."
        + action
        + "\","
        + (from.isEmpty() ? "" : "\"from\":\"" + from + "\",")
        + "\"to\":\""
        + to
        + "\"}";
  }

  /** An order's key and value: the end entity's certificate whole, its issuers by their digests. */
  private static String certificates(List<X509Certificate> chain) {
    List<String> issuers =
        chain.subList(1, chain.size()).stream()
            .map(issuer -> "\"sha256:" + HexFormat.of().formatHex(sha256(der(issuer))) + '"')
            .toList();
    return ",\"certificates\":[{\"certificate\":"
        + pem(chain.get(0))
        + ",\"chain\":["
        + String.join(",", issuers)
        + "]}]";
  }

  private static String codeHash(int i) {
    byte[] hash = sha256(String.valueOf(i).getBytes(StandardCharsets.US_ASCII));
    return Base64.getEncoder().encodeToString(hash);
  }

  private static String pem(X509Certificate certificate) {
    return "\"-----BEGIN CERTIFICATE-----\\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(der(certificate))
            .replace("\n", "\\n")
        + "\\n-----END CERTIFICATE-----\\n\"";
  }

  private static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
