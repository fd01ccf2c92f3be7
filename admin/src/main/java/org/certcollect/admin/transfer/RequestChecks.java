package org.certcollect.admin.transfer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import org.certcollect.store.domain.SigningRequest;
import org.certcollect.store.x509.Certificate;
import org.certcollect.store.x509.SigningRequestReader;

/**
 * Checks signing requests as {@code order add} does, and that certificates carry the requested
 * keys. Valid results are cached. Safe for use by many threads.
 */
final class RequestChecks {
  private static final int CACHE_SIZE = 5_000;

  private final NamedFiles files;
  private final Cache<String, SigningRequest> requests = cache();
  private final Cache<Pair, Boolean> pairs = cache();

  RequestChecks(NamedFiles files) {
    this.files = files;
  }

  private static <K, V> Cache<K, V> cache() {
    // It evicts in the thread that adds: a change of threads for each request costs more.
    return Caffeine.newBuilder().maximumSize(CACHE_SIZE).executor(Runnable::run).build();
  }

  private record Pair(SigningRequest request, Certificate certificate) {}

  SigningRequest read(String text) {
    String content = files.content(text);
    SigningRequest before = requests.getIfPresent(content);
    if (before != null) {
      return before;
    }
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    SigningRequest read =
        SigningRequestReader.read(bytes, NamedFiles.called("signingRequest", text));
    requests.put(content, read);
    return read;
  }

  void requireKey(SigningRequest request, Certificate certificate) {
    Pair pair = new Pair(request, certificate);
    if (pairs.getIfPresent(pair) != null) {
      return;
    }
    if (!certificate.hasKey(request.publicKey())) {
      throw new InvalidRecordException(
          "the certificate's public key is not that of the signing request");
    }
    pairs.put(pair, true);
  }
}
