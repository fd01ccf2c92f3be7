package org.certcollect.server.api;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.function.Function;
import org.certcollect.server.http.Route.Response;
import org.certcollect.store.Store;

/** Some operations, by their ids in the document. */
interface ApiOperations {
  /** The change that a request asks for, made in a store that is one transaction. */
  @FunctionalInterface
  interface Change {
    JsonObject make(ApiRequest request, Store whole);
  }

  /** The operations that read, or that are several changes. */
  Map<String, Function<ApiRequest, Response>> direct();

  /** The operations that are one change. */
  Map<String, Change> changes();
}
