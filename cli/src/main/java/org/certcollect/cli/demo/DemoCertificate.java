package org.certcollect.cli.demo;

enum DemoCertificate {
  SSL_RSA_2("2 certificates, RSA"),
  SSL_EC_3("3 certificates, EC"),
  SSL_MIXED_4("4 certificates, RSA and EC"),
  SSL_ALONE("1 certificate, self-signed, EC"),
  SSL_EXPIRED("2 certificates, RSA, expired"),
  SSL_WILDCARD("3 certificates, EC, wildcard"),
  CCC_RSA_2("2 certificates, RSA"),
  CCC_EC_3("3 certificates, EC");

  private final String title;

  DemoCertificate(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
