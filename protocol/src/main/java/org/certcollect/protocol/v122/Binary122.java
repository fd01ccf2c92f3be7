package org.certcollect.protocol.v122;

import org.certcollect.protocol.CollectResponse;
import org.certcollect.protocol.CollectResult;
import org.certcollect.protocol.CollectResult.Attached;
import org.certcollect.protocol.MediaType;
import org.certcollect.protocol.ResponseLayout;

/**
 * The layout of an answer that is certificates alone, if there are any.
 *
 * @param contentType the type of the certificates
 * @param otherwise the layout of any other answer
 */
record Binary122(MediaType contentType, ResponseLayout otherwise) implements ResponseLayout {
  @Override
  public boolean tellsDetails() {
    return otherwise.tellsDetails();
  }

  @Override
  public boolean tellsValidation() {
    return otherwise.tellsValidation();
  }

  @Override
  public CollectResponse write(CollectResult result) {
    return result instanceof Attached attached
        ? new CollectResponse(result.status(), contentType, "", attached.certificates(), "")
        : otherwise.write(result);
  }
}
