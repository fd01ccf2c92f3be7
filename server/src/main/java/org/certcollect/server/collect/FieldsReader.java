package org.certcollect.server.collect;

import java.util.List;
import org.certcollect.protocol.Reading;
import org.certcollect.protocol.ResponseLayout;
import org.certcollect.protocol.form.FormField;

/** The way in which one request is read: that of a dialect, or that of the page for people. */
public interface FieldsReader {
  /** The request that the fields make, or its refusal. */
  Reading read(List<FormField> fields);

  /**
   * The layout of the answer to a request that cannot be read for an internal error.
   *
   * @param fields those that are known; none if the error was in their decoding
   */
  ResponseLayout layoutOfFailure(List<FormField> fields);
}
