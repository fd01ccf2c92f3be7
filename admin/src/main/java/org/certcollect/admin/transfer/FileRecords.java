package org.certcollect.admin.transfer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.transfer.CertificateRecord;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.x509.VerifiedChain;

/**
 * Creates issued orders from certificate files. The timestamps of an order are the notBefore of its
 * certificate, so that the same file always gives the same order. Safe for use by many threads.
 *
 * @param account the login of the account that the orders belong to
 */
record FileRecords(ChainChecks chains, String account, Product product) {
  OrderRecord read(Path file, long number, long place) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidRecordException("it is not a file");
    }
    String name = String.valueOf(file.getFileName());
    VerifiedChain chain = chains.check(name, Optional.empty(), place);
    Instant notBefore = chain.endEntity().notBefore();
    return new OrderRecord(
        number,
        account,
        product,
        OrderState.ISSUED,
        Optional.empty(),
        notBefore,
        notBefore,
        List.of(new CertificateRecord(notBefore, chain, false)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
