package org.certcollect.store.x509;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.GeneralName;

/**
 * Reading of ASN.1 with Bouncy Castle, one element at a time. Its classes for whole certificates
 * and requests refuse odd ones (an extension that stands twice), and write a structure anew, while
 * a signature is of the bytes as they were written.
 */
final class Asn1 {
  private static final byte SEQUENCE = 0x30;

  private Asn1() {}

  /**
   * A SEQUENCE at the beginning of some bytes.
   *
   * @param sequence evaluated lazily, so each element still has the bytes that it was written with
   * @param length the number of its bytes
   */
  record Prefix(ASN1Sequence sequence, int length) {
    /** Its first element; empty if there is none, or it cannot be read. */
    Optional<ASN1Encodable> first() {
      try {
        return Optional.of(sequence.getObjectAt(0));
      } catch (RuntimeException e) {
        return Optional.empty();
      }
    }
  }

  /** The SEQUENCE that some bytes begin with; empty if they begin with something else. */
  static Optional<Prefix> prefix(byte[] bytes) {
    if (bytes.length == 0 || bytes[0] != SEQUENCE) {
      return Optional.empty();
    }
    try (ASN1InputStream in = new ASN1InputStream(bytes, true)) {
      return in.readObject() instanceof ASN1Sequence sequence
          ? Optional.of(new Prefix(sequence, bytes.length - in.available()))
          : Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** Whether the bytes are one SEQUENCE from the first to the last. */
  static boolean isWhole(byte[] bytes) {
    return prefix(bytes).filter(prefix -> prefix.length() == bytes.length).isPresent();
  }

  /** The elements of a SEQUENCE or SET; none if it is neither, or one cannot be read. */
  static Stream<ASN1Encodable> elements(ASN1Encodable list) {
    try {
      return Arrays.stream(
          list instanceof ASN1Set set ? set.toArray() : ASN1Sequence.getInstance(list).toArray());
    } catch (RuntimeException e) {
      return Stream.empty();
    }
  }

  /**
   * The first DNS name of a subject alternative name; empty names are passed over, and names of
   * other kinds may have any form.
   */
  static Optional<String> dnsName(ASN1OctetString names) {
    return names(names, GeneralName.dNSName).findFirst();
  }

  /** The names of one kind in a subject alternative name, as {@link #dnsName} reads them. */
  static Stream<String> names(ASN1OctetString names, int kind) {
    return prefix(names.getOctets()).stream()
        .flatMap(list -> elements(list.sequence()))
        .flatMap(name -> name(name, kind).stream());
  }

  /** All names of a subject alternative name that have a text. */
  static Stream<String> alternativeNames(ASN1OctetString names) {
    return prefix(names.getOctets()).stream()
        .flatMap(list -> elements(list.sequence()))
        .flatMap(
            name ->
                Stream.of(
                    GeneralName.dNSName,
                    GeneralName.rfc822Name,
                    GeneralName.uniformResourceIdentifier)
                    .flatMap(kind -> name(name, kind).stream())
                    .findFirst()
                    .or(() -> ipAddress(name))
                    .stream());
  }

  private static Optional<String> ipAddress(ASN1Encodable name) {
    try {
      return name instanceof ASN1TaggedObject tagged && tagged.hasContextTag(GeneralName.iPAddress)
          ? Optional.of(
              InetAddress.getByAddress(ASN1OctetString.getInstance(tagged, false).getOctets())
                  .getHostAddress())
          : Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> name(ASN1Encodable name, int kind) {
    try {
      return name instanceof ASN1TaggedObject tagged && tagged.hasContextTag(kind)
          ? Optional.of(ASN1IA5String.getInstance(tagged, false).getString())
              .filter(text -> !text.isEmpty())
          : Optional.empty();
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  /**
   * A certificate (RFC 5280, section 4.1) or a request (RFC 2986, section 4.2).
   *
   * @param signed the bytes of the body
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
  record Signed(ASN1Sequence body, byte[] signed, AlgorithmIdentifier algorithm, byte[] signature) {
    /** Reads the three parts; what Bouncy Castle throws if they are not there is not specified. */
    static Signed of(byte[] der) throws IOException {
      return of(der, prefix(der).orElseThrow());
    }

    /** Reads the three parts of what was read as far as its {@link #prefix} before. */
    static Signed of(byte[] der, Prefix whole) throws IOException {
      ASN1Sequence parts = whole.sequence();
      if (whole.length() != der.length || parts.size() != 3) {
        throw new IOException("it is not one structure of three parts");
      }
      ASN1Sequence body = ASN1Sequence.getInstance(parts.getObjectAt(0));
      return new Signed(
          body,
          body.getEncoded(),
          AlgorithmIdentifier.getInstance(parts.getObjectAt(1)),
          ASN1BitString.getInstance(parts.getObjectAt(2)).getBytes());
    }
  }
}
