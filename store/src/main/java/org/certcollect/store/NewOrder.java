package org.certcollect.store;

import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.domain.CodeSeal;
import org.certcollect.store.domain.MailContact;
import org.certcollect.store.domain.Product;
import org.certcollect.store.domain.SigningRequest;

/**
 * The data of an order that is to be added.
 *
 * @param account the login of the account that it is for
 * @param number the requested number; empty for the next free one
 * @param paid whether it starts as being processed instead of awaiting payment
 * @param signingRequest the PKCS#10 request, if it is known; a certificate that is issued for the
 *     order must then have the key of the request
 * @param code the hash of its collection code; {@link Product#CCC} only
 * @param contact how its people get e-mails, if not as those of the account
 * @param seal encrypts the code for the e-mail that is to tell it
 */
public record NewOrder(
    String account,
    Product product,
    OptionalLong number,
    boolean paid,
    Optional<SigningRequest> signingRequest,
    Optional<CodeHash> code,
    MailContact contact,
    Optional<CodeSeal> seal) {
  /** An order without a contact, whose code is told in no e-mail. */
  public NewOrder(
      String account,
      Product product,
      OptionalLong number,
      boolean paid,
      Optional<SigningRequest> signingRequest,
      Optional<CodeHash> code) {
    this(account, product, number, paid, signingRequest, code, MailContact.NONE, Optional.empty());
  }
}
