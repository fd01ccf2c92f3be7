package org.certcollect.server.api;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.function.Function;
import org.certcollect.server.http.Route.Response;
import org.certcollect.store.Store;

/** Some operations, by their ids in the document. */
interface ApiOperations {
  /** A change that requests ask for. */
  @FunctionalInterface
  interface Change {
    /**
     * Does what takes time, for example hashes a password, while nobody waits for a transaction.
     *
     * @return makes the change, in a store that is one transaction, maybe more than once
     */
    Function<Store, JsonObject> prepare(ApiRequest request);
  }

  /** The operations that read, or that are several changes. */
  Map<String, Function<ApiRequest, Response>> direct();

  /** The operations that are one change. */
  Map<String, Change> changes();
}
