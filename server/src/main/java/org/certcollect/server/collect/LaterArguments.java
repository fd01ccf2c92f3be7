package org.certcollect.server.collect;

import com.github.benmanes.caffeine.cache.Ticker;
import java.util.Optional;
import java.util.logging.Logger;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.RefusedRequest;
import org.certcollect.protocol.StatusCode;
import org.certcollect.server.auth.MinuteCounter;
import org.certcollect.server.config.CollectDialect;
import org.certcollect.server.log.LogEvent;

/**
 * The log's hint that a refused argument is one of the later dialect: once a minute, since clients
 * poll. It names the argument as the dialect does, not as the caller sent it. Safe for use by many
 * threads.
 */
final class LaterArguments {
  private static final Logger LOG = Logger.getLogger("certcollect.request");

  private final boolean strict;
  private final MinuteCounter lines;

  LaterArguments(CollectDialect spoken, Ticker ticker) {
    strict = spoken == CollectDialect.V1_06;
    lines = new MinuteCounter(ticker);
  }

  void refused(Endpoint endpoint, RefusedRequest request) {
    if (strict && request.reason().status() == StatusCode.UNRECOGNISED_ARGUMENT) {
      Optional<String> name =
          request
              .reason()
              .argument()
              .flatMap(CollectDialect.V1_22.dialect().arguments()::argument)
              .filter(argument -> argument.endpoints().contains(endpoint))
              .map(argument -> argument.name());
      if (name.isPresent() && lines.add() == 1) {
        LogEvent.warning(
                "A client sent an argument of the later dialect and was refused. The setting"
                    + " collect.dialect=1.22 takes it. This line appears once a minute at most")
            .with("endpoint", endpoint.title())
            .with("argument", name.get())
            .to(LOG);
      }
    }
  }
}
