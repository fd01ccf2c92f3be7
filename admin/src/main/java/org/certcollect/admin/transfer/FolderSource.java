package org.certcollect.admin.transfer;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.certcollect.store.domain.OrderState;
import org.certcollect.store.domain.Product;
import org.certcollect.store.transfer.CertificateRecord;
import org.certcollect.store.transfer.OrderRecord;
import org.certcollect.store.x509.VerifiedChain;

/**
 * An input that is a folder of certificate files named by order number, sorted by that number. Only
 * the names are held in memory. Used by one thread.
 */
final class FolderSource implements RecordSource {
  private static final List<String> ENDINGS =
      List.of("pem", "crt", "cer", "der", "p7b", "p7c", "p7s", "p7");
  private static final Pattern NAME =
      Pattern.compile(
          "([0-9]{1,19})\\.(" + String.join("|", ENDINGS) + ")", Pattern.CASE_INSENSITIVE);

  private final Path folder;
  private final List<String> names;
  private final int batch;
  private final ChainChecks chains;
  private final String account;
  private final Product product;
  private int at;

  /** Lists the files of a folder, whose orders belong to the account with a login. */
  FolderSource(Path folder, int batch, ChainChecks chains, String account, Product product)
      throws IOException {
    this.folder = folder;
    this.batch = batch;
    this.chains = chains;
    this.account = account;
    this.product = product;
    this.names = names(folder);
  }

  @Override
  public Optional<Chunk> next() {
    if (at == names.size()) {
      return Optional.empty();
    }
    int from = at;
    at = Math.min(names.size(), from + batch);
    return Optional.of(new FileChunk(from, at));
  }

  @Override
  public OptionalLong size() {
    return OptionalLong.of(names.size());
  }

  private static List<String> names(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        // Hidden files were put there by programs, not by the operator.
        if (!name.startsWith(".")) {
          names.add(name);
        }
      }
    }
    names.sort(Comparator.comparing(FolderSource::digits).thenComparing(name -> name));
    return names;
  }

  private static BigInteger digits(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches() ? new BigInteger(matcher.group(1)) : BigInteger.ZERO;
  }

  private static OptionalLong number(String name) {
    BigInteger number = digits(name);
    return number.signum() > 0 && number.bitLength() < Long.SIZE
        ? OptionalLong.of(number.longValueExact())
        : OptionalLong.empty();
  }

  /**
   * The issued order of a certificate file. Its timestamps are the notBefore of the certificate, so
   * that the same file always gives the same order.
   */
  private OrderRecord order(Path file, long number, long place) {
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
        items.add(item(names.get(i), i + 1L));
      }
      return items;
    }

    private Item item(String name, long index) {
      Item.Place place = new Item.Place(index, Optional.of(name));
      OptionalLong number = number(name);
      if (number.isEmpty()) {
        return new Item.Invalid(
            place,
            number,
            "its name is not an order number followed by one of ." + String.join(", .", ENDINGS));
      }
      return LineChunk.attempt(
          place, number, () -> order(folder.resolve(name), number.getAsLong(), index));
    }
  }
}
