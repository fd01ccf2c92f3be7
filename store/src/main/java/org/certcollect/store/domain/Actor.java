package org.certcollect.store.domain;

import java.util.Optional;

/**
 * The person or program that makes a change; kept with the {@link org.certcollect.store.Event} of
 * the change.
 *
 * @param name for example {@code cli:alice}; 1 to 128 characters
 * @param request the id of the request that asks for the change, which the event does not keep
 */
public record Actor(String name, Optional<String> request) {
  public Actor {
    if (!isName(name)) {
      throw new IllegalArgumentException("an actor's name has 1 to 128 characters");
    }
  }

  /** Whether a text may be the name of an actor. */
  public static boolean isName(String text) {
    return !text.isBlank() && text.length() <= 128;
  }

  /** An actor that makes changes without a request. */
  public Actor(String name) {
    this(name, Optional.empty());
  }
}
