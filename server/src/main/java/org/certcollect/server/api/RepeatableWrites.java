package org.certcollect.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.certcollect.server.api.ApiOperations.Change;
import org.certcollect.server.http.Route.Response;
import org.certcollect.store.ApiAnswers.Kept;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.Store;

/**
 * Changes that may be sent again under an idempotency key. The answer is kept in the transaction
 * that makes the change. It may have a password or a code in it, so it is sealed with a key made of
 * the idempotency key and the token, of which the store has only digests, and of the key of
 * collection codes, which it does not have at all. Safe for use by many threads.
 */
final class RepeatableWrites {
  private static final Duration KEPT = Duration.ofHours(24);
  private static final Duration PRUNE_EVERY = Duration.ofHours(1);
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final Store store;
  private final Clock clock;
  private final Supplier<CollectionCodes> codes;
  private final SecureRandom random = new SecureRandom();
  private final AtomicReference<Instant> pruned = new AtomicReference<>(Instant.MIN);

  RepeatableWrites(Store store, Clock clock, Supplier<CollectionCodes> codes) {
    this.store = store;
    this.clock = clock;
    this.codes = codes;
  }

  /**
   * Makes the change of a request in one transaction, or gives the answer that it had before.
   *
   * @param part tells apart the changes of one request
   */
  Response once(ApiRequest request, String part, Change wanted) {
    Function<Store, JsonObject> change = prepared(wanted, request);
    Optional<String> key = request.http().field("Idempotency-Key").map(RepeatableWrites::checked);
    if (key.isEmpty()) {
      return new Response(200, "application/json", store.atomically(change).encode());
    }
    prune();
    ApiDoor.Caller caller = request.caller().orElseThrow();
    String name = caller.credential().name();
    String row = digest("row", name, key.get(), part);
    byte[] seal =
        codes.get().hash("seal " + digest(caller.secret(), name, key.get(), part)).bytes();
    String fingerprint = fingerprint(seal, request);
    AtomicReference<Boolean> isRepeated = new AtomicReference<>(false);
    byte[] answer =
        store.atomically(
            whole -> {
              Optional<Kept> before = whole.apiAnswers().begin(row, clock.instant());
              isRepeated.set(before.isPresent());
              if (before.isPresent()) {
                return open(seal, before.get(), fingerprint);
              }
              byte[] made = change.apply(whole).toBuffer().getBytes();
              whole.apiAnswers().finish(row, new Kept(fingerprint, crypt(seal, made)));
              return made;
            });
    return new Response(
        200,
        "application/json",
        isRepeated.get() ? Map.of("Idempotency-Replayed", "true") : Map.of(),
        answer);
  }

  /** A change that may fail only in its transaction: the request may have been answered before. */
  private static Function<Store, JsonObject> prepared(Change wanted, ApiRequest request) {
    try {
      return wanted.prepare(request);
    } catch (RuntimeException e) {
      return whole -> {
        throw e;
      };
    }
  }

  /** Refuses a key for an operation that takes none, so that nobody relies on it. */
  static void requireNoKey(ApiRequest request) {
    if (request.http().field("Idempotency-Key").isPresent()) {
      throw new ApiProblem(
          400,
          "bad-idempotency-key",
          "this operation takes no Idempotency-Key: send the request without one");
    }
  }

  private static String checked(String key) {
    if (!key.matches("[!-~]{16,128}")) {
      throw new ApiProblem(
          400,
          "bad-idempotency-key",
          "an Idempotency-Key has 16 to 128 visible ASCII characters, for example a random UUID");
    }
    return key;
  }

  /** The digest of a request. Without the seal it would be a fast hash of a chosen password. */
  private static String fingerprint(byte[] seal, ApiRequest request) {
    return digest(
        ApiDoor.hex(seal),
        request.http().method(),
        request.operation().id(),
        new TreeMap<>(request.http().parameters()).toString(),
        request.http().query().orElse(""),
        ApiDoor.hex(request.http().body().get()));
  }

  private static String digest(String... parts) {
    return ApiDoor.hex(joined(parts));
  }

  /** The parts with their lengths, so that no two lists of parts are alike. */
  private static byte[] joined(String... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String part : parts) {
      byte[] bytes = part.getBytes(UTF_8);
      all.writeBytes(Buffer.buffer().appendInt(bytes.length).getBytes());
      all.writeBytes(bytes);
    }
    return all.toByteArray();
  }

  private byte[] crypt(byte[] key, byte[] answer) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(answer);
      return Buffer.buffer(nonce).appendBytes(sealed).getBytes();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  private static byte[] open(byte[] key, Kept kept, String fingerprint) {
    if (!kept.request().equals(fingerprint)) {
      throw new ApiProblem(
          422, "idempotency-key-reused", "another request had this Idempotency-Key before");
    }
    byte[] nonce = Arrays.copyOf(kept.content(), NONCE_BYTES);
    try {
      return cipher(Cipher.DECRYPT_MODE, key, nonce)
          .doFinal(kept.content(), NONCE_BYTES, kept.content().length - NONCE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new ApiProblem(
          422,
          "idempotency-key-reused",
          "another token had this Idempotency-Key before, or codes had another key");
    }
  }

  private static Cipher cipher(int mode, byte[] key, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }

  private void prune() {
    Instant now = clock.instant();
    Instant last = pruned.get();
    if (now.minus(PRUNE_EVERY).isAfter(last) && pruned.compareAndSet(last, now)) {
      store.apiAnswers().prune(now.minus(KEPT));
    }
  }
}
