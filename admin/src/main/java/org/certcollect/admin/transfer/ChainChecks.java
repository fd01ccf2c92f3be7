package org.certcollect.admin.transfer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.certcollect.admin.transfer.ChainNotes.Warned;
import org.certcollect.store.x509.CertificateReader;
import org.certcollect.store.x509.ChainBuilder;
import org.certcollect.store.x509.ChainWarnings;
import org.certcollect.store.x509.ChainWarnings.Warning;
import org.certcollect.store.x509.GivenChain;
import org.certcollect.store.x509.ParsedCertificate;
import org.certcollect.store.x509.UnknownAlgorithms;
import org.certcollect.store.x509.VerifiedChain;

/**
 * Checks certificates and their chains as {@code order issue} does, with a cache of verified
 * chains. Safe for use by many threads.
 */
final class ChainChecks {
  private static final long CACHE_SIZE = 12 << 20;
  private static final Clock CLOCK = Clock.systemUTC();

  private final NamedFiles files;
  private final CaRegistry known;
  private final UnknownAlgorithms unknownAlgorithms;
  private final GivenChain given;
  private final ChainNotes notes = new ChainNotes();

  // It evicts in the thread that adds: a change of threads for each certificate costs more.
  private final Cache<Key, Checked> verified =
      Caffeine.newBuilder()
          .maximumWeight(CACHE_SIZE)
          .weigher(Key::weight)
          .executor(Runnable::run)
          .build();

  ChainChecks(NamedFiles files, CaRegistry known, UnknownAlgorithms unknownAlgorithms) {
    this.files = files;
    this.known = known;
    this.unknownAlgorithms = unknownAlgorithms;
    given = new GivenChain(unknownAlgorithms);
  }

  /** A verified chain with the warnings about it. */
  private record Checked(VerifiedChain chain, Warned warned) {}

  /**
   * The key of a verified chain in the cache.
   *
   * @param chain for each issuer its text, or the certificate that its fingerprint refers to
   */
  private record Key(String certificate, List<Object> chain) {
    static int weight(Key key, Checked value) {
      return key.certificate.length()
          + key.chain.stream().mapToInt(c -> c instanceof String text ? text.length() : 64).sum();
    }
  }

  /**
   * Verifies a certificate.
   *
   * @param chain its whole chain; if empty, it is completed from the CA certificates known
   * @param place the position of the record in the input
   * @throws org.certcollect.store.domain.RefusedException if the chain is invalid
   */
  VerifiedChain check(String certificate, Optional<List<String>> chain, long place) {
    String content = files.content(certificate);
    if (chain.isEmpty()) {
      List<ParsedCertificate> read = read(content, certificate);
      return noted(
          checked(
              new ChainBuilder(known.at(place), CLOCK, unknownAlgorithms).build(read, List.of()),
              read),
          place);
    }
    List<Object> issuers = new ArrayList<>();
    chain.get().forEach(text -> issuers.add(resolve(text, place)));
    Key key = new Key(content, issuers);
    Checked found = verified.getIfPresent(key);
    if (found == null) {
      List<ParsedCertificate> read = read(content, certificate);
      found = checked(given.verify(read, parsed(chain.get(), issuers)), read);
      verified.put(key, found);
    }
    return noted(found, place);
  }

  /** The warnings about the chains of all records that were checked and added. */
  ChainNotes notes() {
    return notes;
  }

  private VerifiedChain noted(Checked found, long place) {
    notes.add(found.warned, place);
    return found.chain;
  }

  private static Checked checked(VerifiedChain chain, List<ParsedCertificate> read) {
    List<Warning> warnings =
        read.stream()
            .filter(certificate -> certificate.stored().equals(chain.endEntity()))
            .findFirst()
            .map(endEntity -> ChainWarnings.ofMany(endEntity, chain.issuers(), CLOCK.instant()))
            .orElse(List.of());
    return new Checked(chain, new Warned(warnings));
  }

  private Object resolve(String text, long place) {
    if (!text.startsWith(Format.SHA256)) {
      return files.content(text);
    }
    String fingerprint = text.substring(Format.SHA256.length());
    return known
        .find(fingerprint, place)
        .orElseThrow(
            () ->
                new InvalidRecordException(
                    "chain: there is no CA certificate %s before it"
                        .formatted(JsonReader.shown(fingerprint))));
  }

  private static List<ParsedCertificate> parsed(List<String> texts, List<Object> resolved) {
    List<ParsedCertificate> certificates = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      if (resolved.get(i) instanceof ParsedCertificate certificate) {
        certificates.add(certificate);
      } else {
        byte[] bytes = ((String) resolved.get(i)).getBytes(StandardCharsets.ISO_8859_1);
        certificates.addAll(
            CertificateReader.read(bytes, NamedFiles.called("chain", texts.get(i))));
      }
    }
    return certificates;
  }

  private static List<ParsedCertificate> read(String content, String text) {
    return CertificateReader.read(
        content.getBytes(StandardCharsets.ISO_8859_1), NamedFiles.called("certificate", text));
  }
}
