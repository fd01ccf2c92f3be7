package org.certcollect.bench.compare;

import java.util.Locale;

/** An answer that is asked for, by the arguments beside login and order number. */
enum Answer {
  STATUS("queryType=0"),
  PEM("queryType=1"),
  PKCS7("queryType=1&responseType=2&responseEncoding=1"),
  ZIP("queryType=1&responseType=0");

  private final String arguments;

  Answer(String arguments) {
    this.arguments = arguments;
  }

  /** Its name in workloads and folders. */
  String word() {
    return Words.of(this);
  }

  /** The body of the request. */
  String form(Sample sample, String password) {
    return String.format(
        Locale.ROOT,
        "loginName=%s&loginPassword=%s&orderNumber=%d&%s",
        sample.login(),
        password,
        sample.number(),
        arguments);
  }
}
