package org.certcollect.protocol.v122;

import java.util.Optional;
import org.certcollect.protocol.CollectResponse;
import org.certcollect.protocol.CollectResult;
import org.certcollect.protocol.CollectResult.Attached;
import org.certcollect.protocol.CollectResult.Refused;
import org.certcollect.protocol.EncodedCertificates;
import org.certcollect.protocol.MediaType;
import org.certcollect.protocol.ResponseLayout;

/**
 * The layout of an answer as a script, which sets three variables and calls a function of the page
 * (docs/protocol.md, section 8.3).
 *
 * @param contentType the type of an answer with a status above 0
 * @param callback the function to call
 */
record JavaScript122(MediaType contentType, Optional<String> callback) implements ResponseLayout {
  /** Browsers run a script of no other type, because the answer forbids them to guess it. */
  static final MediaType TEXT_JAVASCRIPT = MediaType.of("text/javascript");

  /** A text as it stands between double quotes, in a script within HTML. */
  static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\n", "\\n")
        .replace("<", "\\u003c");
  }

  @Override
  public CollectResponse write(CollectResult result) {
    String message = result instanceof Refused refused ? escaped(Messages122.of(refused)) : "";
    String head =
        "var g_errorCode="
            + result.status().code()
            + ";\nvar g_errorMessage=\""
            + message
            + "\";\nvar g_ccc=\"";
    EncodedCertificates data =
        result instanceof Attached attached ? attached.certificates() : EncodedCertificates.NONE;
    String tail = "\";\n" + callback.map(name -> name + "();\n").orElse("");
    MediaType type = result.status().code() > 0 ? contentType : TEXT_JAVASCRIPT;
    return new CollectResponse(result.status(), type, head, data, tail);
  }
}
