package org.certcollect.store.domain;

/**
 * The person or program that makes a change; kept with the {@link org.certcollect.store.Event} of
 * the change.
 *
 * @param name for example {@code cli:alice}; 1 to 128 characters
 */
public record Actor(String name) {
  public Actor {
    if (name.isBlank() || name.length() > 128) {
      throw new IllegalArgumentException("an actor's name has 1 to 128 characters");
    }
  }
}
