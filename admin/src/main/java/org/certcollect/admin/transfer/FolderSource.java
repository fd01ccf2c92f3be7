package org.certcollect.admin.transfer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.transfer.CertificateRecord;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.x509.VerifiedChain;

/**
 * An input that is a folder of certificate files. Only their names are held in memory. Used by one
 * thread.
 */
final class FolderSource implements RecordSource {
  private final Path folder;
  private final List<MappedFile> files;
  private final int batch;
  private final ChainChecks chains;
  private final Product product;
  private int at;

  FolderSource(
      Path folder, List<MappedFile> files, int batch, ChainChecks chains, Product product) {
    this.folder = folder;
    this.files = List.copyOf(files);
    this.batch = batch;
    this.chains = chains;
    this.product = product;
  }

  @Override
  public Optional<Chunk> next() {
    if (at == files.size()) {
      return Optional.empty();
    }
    int from = at;
    at = Math.min(files.size(), from + batch);
    return Optional.of(new FileChunk(from, at));
  }

  @Override
  public OptionalLong size() {
    return OptionalLong.of(files.size());
  }

  /**
   * The issued order of a certificate file. Its timestamps are the notBefore of the certificate, so
   * that the same file always gives the same order.
   */
  private OrderRecord order(MappedFile file, long number, long place) {
    if (!Files.isRegularFile(folder.resolve(file.name()))) {
      throw new InvalidRecordException("it is not a file");
    }
    VerifiedChain chain = chains.check(file.name(), Optional.empty(), place);
    Instant notBefore = chain.endEntity().notBefore();
    return new OrderRecord(
        number,
        file.account(),
        product,
        OrderState.ISSUED,
        Optional.empty(),
        notBefore,
        notBefore,
        List.of(new CertificateRecord(notBefore, chain, false, OptionalLong.empty())),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private final class FileChunk implements Chunk {
    private final int from;
    private final int to;

    FileChunk(int from, int to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public long position() {
      return to;
    }

    @Override
    public List<Item> check() {
      List<Item> items = new ArrayList<>();
      for (int i = from; i < to; i++) {
        items.add(item(files.get(i), i + 1L));
      }
      return items;
    }

    private Item item(MappedFile file, long index) {
      Item.Place place = new Item.Place(index, Optional.of(file.name()));
      return file.number().isEmpty()
          ? new Item.Invalid(place, file.number(), MappedFile.NO_NUMBER)
          : LineChunk.attempt(
              place, file.number(), () -> order(file, file.number().getAsLong(), index));
    }
  }
}
