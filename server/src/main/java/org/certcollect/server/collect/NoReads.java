package org.certcollect.server.collect;

import java.util.Optional;
import org.certcollect.store.Collects;
import org.certcollect.store.IssuedReference;
import org.certcollect.store.domain.CodeHash;
import org.certcollect.store.x509.VerifiedChain;

/**
 * The reads of a thread that must not wait for a store across a network: each throws a {@link
 * MissingReadException}. Most answers need no read after the order was looked up.
 */
enum NoReads implements Collects {
  INSTANCE;

  /** The exception of a read that has to be made on another thread. */
  static final class MissingReadException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private MissingReadException() {
      super("a read on a thread that must not wait", null, false, false);
    }
  }

  @Override
  public Optional<AccountAndOrder> byLogin(String login, long orderNumber) {
    throw new MissingReadException();
  }

  @Override
  public Optional<AccountAndOrder> byCertificate(String login, long certificateId) {
    throw new MissingReadException();
  }

  @Override
  public Optional<OrderStatus> byCode(CodeHash code) {
    throw new MissingReadException();
  }

  @Override
  public VerifiedChain chain(IssuedReference reference) {
    throw new MissingReadException();
  }

  @Override
  public ValidationDetails details(long orderNumber, Optional<IssuedReference> certificate) {
    throw new MissingReadException();
  }
}
