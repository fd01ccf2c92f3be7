package org.certcollect.admin.transfer;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.admin.EnumWords;
import org.certcollect.admin.transfer.Format.Name;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.domain.OrderRemarks;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.transfer.CertificateRecord;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.transfer.PendingReissue;

/** Reads and checks order lines. Safe for use by many threads. */
final class OrderReader {
  private final ChainChecks chains;
  private final RequestChecks requests;
  private final LazyCodes codes;
  private final boolean newCertificateIds;

  /**
   * Creates a reader.
   *
   * @param newCertificateIds whether the ids of the input are dropped, so that the store gives
   *     certificates new ones
   */
  OrderReader(
      ChainChecks chains, RequestChecks requests, LazyCodes codes, boolean newCertificateIds) {
    this.chains = chains;
    this.requests = requests;
    this.codes = codes;
    this.newCertificateIds = newCertificateIds;
  }

  /**
   * The order of a line.
   *
   * @param place the position of the line in the input
   */
  OrderRecord read(JsonObject line, long place) {
    long number = line.number(Name.NUMBER);
    if (number < 1) {
      throw new InvalidRecordException("number must be from 1 to " + Long.MAX_VALUE);
    }
    String account = line.text(Name.ACCOUNT);
    Product product = word(Product.class, Name.PRODUCT, line.text(Name.PRODUCT));
    OrderState state = word(OrderState.class, Name.STATE, line.text(Name.STATE));
    Instant created = line.timestamp(Name.CREATED);
    Instant changed = line.optionalTimestamp(Name.CHANGED).orElse(created);
    OrderRecord order =
        new OrderRecord(
            number,
            account,
            product,
            state,
            line.optionalText(Name.REASON),
            created,
            changed,
            certificates(line, state, changed, place),
            line.optionalText(Name.SIGNING_REQUEST).map(requests::read),
            code(line, product),
            reissue(line, state),
            line.object(Name.VALIDATION).map(ValidationReader::read),
            held(line, state),
            remarks(line),
            LineRecords.contact(line),
            LineRecords.events(line));
    line.end();
    checkKey(order);
    return order;
  }

  static <E extends Enum<E>> E word(Class<E> type, String name, String text) {
    return EnumWords.read(type, text)
        .orElseThrow(() -> notOneOf(name, text, String.join(", ", EnumWords.all(type))));
  }

  static InvalidRecordException notOneOf(String name, String text, String words) {
    return new InvalidRecordException(
        "%s: %s is not one of %s".formatted(name, JsonReader.shown(text), words));
  }

  private List<CertificateRecord> certificates(
      JsonObject line, OrderState state, Instant changed, long place) {
    List<CertificateRecord> certificates =
        line.objects(Name.CERTIFICATES).orElse(List.of()).stream()
            .map(object -> certificate(object, changed, place))
            .toList();
    boolean wanted = state == OrderState.ISSUED || state == OrderState.REVOKED;
    if (wanted && certificates.isEmpty()) {
      throw new InvalidRecordException(
          "it is %s and has no certificates".formatted(EnumWords.of(state)));
    }
    if (!wanted && !certificates.isEmpty()) {
      throw new InvalidRecordException(
          "it is %s and has certificates".formatted(EnumWords.of(state)));
    }
    requireIds(certificates);
    return certificates;
  }

  private static void requireIds(List<CertificateRecord> certificates) {
    long[] ids = certificates.stream().flatMapToLong(c -> c.id().stream()).toArray();
    if (ids.length > 0 && ids.length < certificates.size()) {
      throw new InvalidRecordException("certificates: some have an id and some have none");
    }
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < 1 || ids[i] > CertificateRecord.MAX_ID) {
        throw new InvalidRecordException("id must be from 1 to " + CertificateRecord.MAX_ID);
      }
      if (i > 0 && ids[i] <= ids[i - 1]) {
        throw new InvalidRecordException("certificates: an id is not greater than the one before");
      }
    }
  }

  private Optional<PendingReissue> reissue(JsonObject line, OrderState state) {
    Optional<JsonObject> object = line.object(Name.REISSUE);
    if (object.isEmpty()) {
      return Optional.empty();
    }
    if (state != OrderState.ISSUED) {
      throw new InvalidRecordException("it is %s and has a reissue".formatted(EnumWords.of(state)));
    }
    JsonObject reissue = object.get();
    PendingReissue read =
        new PendingReissue(
            reissue.timestamp(Name.SINCE),
            reissue.optionalText(Name.SIGNING_REQUEST).map(requests::read));
    reissue.end();
    return Optional.of(read);
  }

  private static Optional<Instant> held(JsonObject line, OrderState state) {
    Optional<Instant> since = line.optionalTimestamp(Name.HELD_SINCE);
    if (since.isPresent() && state.next().isEmpty()) {
      throw new InvalidRecordException("it is %s and held".formatted(EnumWords.of(state)));
    }
    return since;
  }

  private static OrderRemarks remarks(JsonObject line) {
    try {
      return new OrderRemarks(line.optionalText(Name.REFERENCE), line.optionalText(Name.NOTE));
    } catch (IllegalArgumentException e) {
      throw new InvalidRecordException(String.valueOf(e.getMessage()));
    }
  }

  private CertificateRecord certificate(JsonObject object, Instant changed, long place) {
    Instant issued = object.optionalTimestamp(Name.ISSUED).orElse(changed);
    String certificate = object.text(Name.CERTIFICATE);
    Optional<List<String>> chain = object.texts(Name.CHAIN);
    OptionalLong id = object.optionalNumber(Name.ID);
    object.end();
    return new CertificateRecord(
        issued,
        chains.check(certificate, chain, place),
        chain.isPresent(),
        newCertificateIds ? OptionalLong.empty() : id);
  }

  /** Checks the key of the newest certificate: a reissue can have a request of its own. */
  private void checkKey(OrderRecord order) {
    int count = order.certificates().size();
    if (order.signingRequest().isPresent() && count > 0) {
      requests.requireKey(
          order.signingRequest().get(), order.certificates().get(count - 1).chain().endEntity());
    }
  }

  private Optional<CodeHash> code(JsonObject line, Product product) {
    Optional<String> plain = line.optionalText(Name.CODE);
    Optional<String> hash = line.optionalText(Name.CODE_HASH);
    if (plain.isPresent() && hash.isPresent()) {
      throw new InvalidRecordException("it has both code and codeHash");
    }
    if (product != Product.CCC && (plain.isPresent() || hash.isPresent())) {
      throw new InvalidRecordException("only an order for a client certificate (ccc) has a code");
    }
    if (plain.filter(c -> c.isEmpty() || c.length() > CollectionCodes.LENGTH).isPresent()) {
      throw new InvalidRecordException(
          "code must have 1 to " + CollectionCodes.LENGTH + " characters");
    }
    return plain
        .map(codes::hash)
        .or(() -> hash.map(text -> codes.known(codeHash(Name.CODE_HASH, text))));
  }

  static CodeHash codeHash(String name, String base64) {
    try {
      return new CodeHash(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw new InvalidRecordException(name + " is not the base64 of 32 bytes");
    }
  }
}
