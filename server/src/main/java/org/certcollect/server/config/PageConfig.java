package org.certcollect.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of the page for people.
 *
 * @param enabled whether there is a page
 * @param operator the name at its top
 * @param logo the image beside the name, without which there is none
 * @param contact the contact for help: an e-mail address, a URL, or any other text
 * @param imprint URL of the page that says who is responsible
 * @param privacy URL of the page that says what is kept about people
 * @param asksEmail whether the form asks for the e-mail address of the order, too
 * @param hsts how long browsers that have seen the page use only HTTPS for its host
 */
public record PageConfig(
    boolean enabled,
    Optional<String> operator,
    Optional<Path> logo,
    Optional<String> contact,
    Optional<String> imprint,
    Optional<String> privacy,
    boolean asksEmail,
    Optional<Duration> hsts) {
  /** A page without a name. */
  public static final PageConfig DEFAULT =
      new PageConfig(
          true,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.empty());

  /** Maximum size of a logo in bytes: each page load may fetch it. */
  public static final int MAX_LOGO_BYTES = 256 << 10;

  private static final Map<String, String> IMAGES =
      Map.of(
          "png", "image/png",
          "svg", "image/svg+xml",
          "jpg", "image/jpeg",
          "jpeg", "image/jpeg",
          "webp", "image/webp");

  public PageConfig {
    if (logo.isPresent() && imageType(logo.get()).isEmpty()) {
      throw new IllegalArgumentException("the logo is no image");
    }
    if (logo.isPresent() && operator.isEmpty()) {
      throw new IllegalArgumentException("the logo stands for no name");
    }
  }

  /** The media type of an image, by the end of its name; empty if it is none that is taken. */
  public static Optional<String> imageType(Path file) {
    String name = file.toString();
    return Optional.ofNullable(
        IMAGES.get(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)));
  }

  /** Whether a text is a URL that may stand in a link. */
  public static boolean isUrl(String text) {
    return text.matches("https?://[^\\s\"<>]+");
  }
}
