package org.certcollect.server.collect;

import java.util.OptionalLong;
import org.certcollect.protocol.Endpoint;
import org.certcollect.protocol.StatusCode;
import org.certcollect.server.auth.RequestSource;

/**
 * A party that is told of each request to the endpoints, for example a log or a counter. Called by
 * many threads, and must not block.
 */
public interface RequestObserver {
  /** A request begins. */
  Observation begin(Endpoint endpoint, RequestSource source);

  /** A party that is told of one request. Calls come one after the other, from any thread. */
  interface Observation {
    /** The account of the request's login was looked up; empty if there is none. */
    void account(OptionalLong account);

    /** An internal error made the answer fail. */
    void failed(Throwable cause);

    /** The answer is made. It is the last call. */
    void answered(StatusCode status);
  }
}
