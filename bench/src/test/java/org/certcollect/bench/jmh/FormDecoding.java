package org.certcollect.bench.jmh;

import java.util.List;
import java.util.Optional;
import org.certcollect.protocol.form.FormDecoder;
import org.certcollect.protocol.form.FormField;
import org.openjdk.jmh.annotations.Benchmark;

/** The decoding of a body's bytes into the fields of a form. */
public class FormDecoding extends Timed {
  private final Optional<String> urlEncodedType = Optional.of(TypicalRequest.URL_ENCODED_TYPE);
  private final byte[] urlEncoded = TypicalRequest.urlEncoded();
  private final Optional<String> multipartType = Optional.of(TypicalRequest.MULTIPART_TYPE);
  private final byte[] multipart = TypicalRequest.multipart();

  @Benchmark
  public List<FormField> urlEncoded() {
    return FormDecoder.decode(Optional.empty(), urlEncodedType, urlEncoded);
  }

  @Benchmark
  public List<FormField> multipart() {
    return FormDecoder.decode(Optional.empty(), multipartType, multipart);
  }
}
