package org.certcollect.cli.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The settings of the page for people. */
final class PageKeys {
  static final Key<Boolean> ENABLED =
      Key.of(
          "page.enabled",
          Type.FLAG,
          "true",
          "false",
          "Whether people can collect certificates by their codes on the page /collect");

  static final Key<String> OPERATOR =
      Key.of(
          "page.operator", Type.TEXT, "", "Example Trust Services", "Name at the top of the page");

  static final Key<Path> LOGO =
      Key.of(
          "page.logo",
          Type.IMAGE,
          "",
          "/etc/certcollect/logo.svg",
          "Image beside the name of page.operator, at most 256 KiB, shown 48 pixels high");

  static final Key<String> CONTACT =
      Key.of(
          "page.contact",
          Type.TEXT,
          "",
          "help@example.com",
          "Contact for people who need help: an e-mail address, a URL, or any other text");

  static final Key<String> IMPRINT =
      Key.of(
          "page.imprint",
          Type.WEB_URL,
          "",
          "https://www.example.com/imprint",
          "URL that the page links to as its imprint");

  static final Key<String> PRIVACY =
      Key.of(
          "page.privacy",
          Type.WEB_URL,
          "",
          "https://www.example.com/privacy",
          "URL that the page links to as its privacy statement");

  static final Key<Boolean> ASK_EMAIL =
      Key.of(
          "page.ask-email",
          Type.FLAG,
          "false",
          "true",
          "Whether the page asks for the e-mail address beside the code, and hands out a"
              + " certificate only if it is that of the order; an order without one needs none");

  static final Key<Duration> HSTS =
      Key.of(
          "page.hsts",
          Type.duration(Duration.ofSeconds(1), Duration.ofDays(730)),
          "",
          "365d",
          "Time for which browsers that saw the page use only HTTPS for its host; without it they"
              + " are told nothing");

  /** The keys in the order in which they are shown. */
  static final List<Key<?>> ALL =
      List.of(ENABLED, OPERATOR, LOGO, CONTACT, IMPRINT, PRIVACY, ASK_EMAIL, HSTS);

  private PageKeys() {}
}
