package org.certcollect.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.RefusedException;

/** The credentials of the admin API. */
public interface ApiCredentials {
  /**
   * Adds a credential.
   *
   * @throws RefusedException if the name is or was taken or is no name, or the secret is known
   */
  void add(ApiCredential credential, Actor by);

  /** Removes a credential, which ends its use with the next request. */
  void remove(String name, Actor by);

  /** All credentials, sorted by name. */
  List<ApiCredential> list();

  /** The credential of this digest, whether it has expired or not. */
  Optional<ApiCredential> find(String sha256);

  /** Whether there is any credential. */
  boolean any();

  /** Records the day of a use. */
  void used(String name, Instant day);
}
