package org.certcollect.cli.collect;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Iterator;
import java.util.function.Function;
import org.certcollect.admin.EnumWords;
import org.certcollect.cli.verb.Converters;
import org.certcollect.client.CertificateArchive;
import org.certcollect.client.CertificateChain;
import org.certcollect.client.CertificateStructure;
import org.certcollect.client.CollectQuery;
import picocli.CommandLine.ITypeConverter;

/** The forms in which the verb writes certificates. */
enum CollectForm {
  PEM,
  PKCS7,
  NETSCAPE,
  ZIP;

  /** The request for certificates in this form. */
  Asked<?> of(CollectQuery<CertificateChain> query) {
    return switch (this) {
      case PEM -> asked(query, chain -> chain, CertificateChain::fullChainPem);
      case PKCS7 -> asked(query.asPkcs7(), CertificateStructure::chain, CertificateStructure::pem);
      case NETSCAPE ->
          asked(query.asNetscapeSequence(), CertificateStructure::chain, CertificateStructure::pem);
      case ZIP -> new Asked<>(query.asZip(), CertificateArchive::chain, CertificateArchive::bytes);
    };
  }

  private static <C> Asked<C> asked(
      CollectQuery<C> query, Function<C, CertificateChain> chain, Function<C, String> text) {
    return new Asked<>(query, chain, content -> text.apply(content).getBytes(US_ASCII));
  }

  /** Reads a form from the command line. */
  static final class Converter implements ITypeConverter<CollectForm> {
    @Override
    public CollectForm convert(String text) {
      return Converters.word(CollectForm.class, text);
    }
  }

  /**
   * A request, the chain in its answer, and the content of a file that the answer becomes.
   *
   * @param <C> the type of the certificates
   */
  record Asked<C>(
      CollectQuery<C> query, Function<C, CertificateChain> chain, Function<C, byte[]> content) {}

  /** The words that completion offers. */
  static final class Words implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return EnumWords.all(CollectForm.class).iterator();
    }
  }
}
