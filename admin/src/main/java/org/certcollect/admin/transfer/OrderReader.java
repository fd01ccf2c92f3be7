package org.certcollect.admin.transfer;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.certcollect.admin.EnumWords;
import org.certcollect.admin.transfer.Format.Name;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.SigningRequest;
import org.certcollect.store.transfer.CertificateRecord;
import org.certcollect.store.transfer.OrderRecord;

/** Reads and checks order lines. Safe for use by many threads. */
final class OrderReader {
  private final ChainChecks chains;
  private final RequestChecks requests;
  private final LazyCodes codes;

  OrderReader(ChainChecks chains, RequestChecks requests, LazyCodes codes) {
    this.chains = chains;
    this.requests = requests;
    this.codes = codes;
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
            LineRecords.events(line));
    line.end();
    checkKeys(order);
    return order;
  }

  static <E extends Enum<E>> E word(Class<E> type, String name, String text) {
    return EnumWords.read(type, text)
        .orElseThrow(
            () ->
                new InvalidRecordException(
                    name + " is not one of " + String.join(", ", EnumWords.all(type))));
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
    return certificates;
  }

  private CertificateRecord certificate(JsonObject object, Instant changed, long place) {
    Instant issued = object.optionalTimestamp(Name.ISSUED).orElse(changed);
    String certificate = object.text(Name.CERTIFICATE);
    Optional<List<String>> chain = object.texts(Name.CHAIN);
    object.end();
    return new CertificateRecord(
        issued, chains.check(certificate, chain, place), chain.isPresent());
  }

  private void checkKeys(OrderRecord order) {
    if (order.signingRequest().isPresent()) {
      SigningRequest request = order.signingRequest().get();
      order.certificates().forEach(made -> requests.requireKey(request, made.chain().endEntity()));
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
