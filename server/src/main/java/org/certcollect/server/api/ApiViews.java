package org.certcollect.server.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.certcollect.admin.view.Fields;
import org.certcollect.admin.view.RecordFields;
import org.certcollect.server.http.Route.Response;
import org.certcollect.store.Event;
import org.certcollect.store.Order;
import org.certcollect.store.x509.Certificate;

/**
 * The forms of records in JSON. The members are those of the command line's {@code --json}; one
 * without a value is left out.
 */
final class ApiViews {
  private ApiViews() {}

  static Response response(JsonObject json) {
    return new Response(200, "application/json", json.encode());
  }

  static <T> JsonArray array(Collection<T> values, Function<T, ?> view) {
    JsonArray array = new JsonArray();
    values.forEach(value -> array.add(view.apply(value)));
    return array;
  }

  static JsonObject of(Fields fields) {
    JsonObject json = new JsonObject();
    fields
        .values()
        .forEach(
            (name, value) -> {
              Optional<?> present =
                  value instanceof Optional<?> optional ? optional : Optional.of(value);
              present.ifPresent(there -> json.put(name, plain(there)));
            });
    return json;
  }

  private static Object plain(Object value) {
    if (value instanceof Fields fields) {
      return of(fields);
    }
    return value instanceof List<?> list ? array(list, ApiViews::plain) : value;
  }

  static JsonObject of(Order order) {
    return of(RecordFields.of(order));
  }

  static JsonObject of(Event event) {
    return of(RecordFields.withSubject(event));
  }

  static JsonObject of(Certificate certificate) {
    return of(RecordFields.of(certificate));
  }
}
