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
 * Makes issued orders of certificate files. An order's moments are the beginning of its
 * certificate's validity: the same file gives the same order at any time. Safe for use by many
 * threads.
 *
 * @param account the login that the orders are for
 */
record FileRecords(ChainChecks chains, String account, Product product) {
  OrderRecord read(Path file, long number, long place) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidRecordException("it is not a file");
    }
    String name = String.valueOf(file.getFileName());
    VerifiedChain chain = chains.check(name, Optional.empty(), place);
    Instant moment = chain.endEntity().notBefore();
    return new OrderRecord(
        number,
        account,
        product,
        OrderState.ISSUED,
        Optional.empty(),
        moment,
        moment,
        List.of(new CertificateRecord(moment, chain, false)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
