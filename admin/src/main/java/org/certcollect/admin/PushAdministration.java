package org.certcollect.admin;

import java.util.Optional;
import java.util.function.Function;
import org.certcollect.store.Account;
import org.certcollect.store.CollectionCodes;
import org.certcollect.store.Store;
import org.certcollect.store.domain.Actor;
import org.certcollect.store.domain.PushSettings;
import org.certcollect.store.domain.PushUrl;

/** The operator's changes of where accounts are told of changes. */
public final class PushAdministration {
  private final Store store;
  private final Actor actor;
  private final Function<Actor, CollectionCodes> codes;

  /**
   * Creates an administration on a store.
   *
   * @param actor the name that the changes carry
   * @param codes opens the collection codes of the store, whose key encrypts passwords
   */
  public PushAdministration(Store store, Actor actor, Function<Actor, CollectionCodes> codes) {
    this.store = store;
    this.actor = actor;
    this.codes = codes;
  }

  /**
   * Settings as they are wanted.
   *
   * @param withCertificate whether a new certificate goes along
   */
  public record Wanted(
      String url, Optional<String> user, Optional<String> password, boolean withCertificate) {
    @Override
    public String toString() {
      return "Wanted[a push URL]";
    }
  }

  /** The settings of an account, if it has some. */
  public Optional<PushSettings> find(String login) {
    return store.pushes().find(store.accounts().require(login).id());
  }

  /**
   * The settings of an account.
   *
   * @throws InvalidInputException if it has none
   */
  public PushSettings require(String login) {
    return find(login)
        .orElseThrow(
            () -> invalid("account %s has no push URL: it is told nothing".formatted(login)));
  }

  /**
   * Puts settings in place of those that an account had.
   *
   * @param problem the reason for which nothing can be sent to a URL, if there is one
   * @throws InvalidInputException if they cannot be used
   */
  public PushSettings set(
      String login, Wanted wanted, Function<PushUrl, Optional<String>> problem) {
    Account account = store.accounts().require(login);
    if (wanted.user().isPresent() != wanted.password().isPresent()) {
      throw invalid("a user needs a password, and a password a user");
    }
    PushSettings settings;
    try {
      PushUrl url = new PushUrl(wanted.url());
      Optional<String> unreachable = problem.apply(url);
      if (unreachable.isPresent()) {
        throw invalid("nothing can be sent to this URL: " + unreachable.get());
      }
      new PushSettings(url, wanted.user(), Optional.empty(), wanted.withCertificate()).text();
      settings =
          new PushSettings(
              url,
              wanted.user(),
              wanted.password().map(text -> seal(text, account, url)),
              wanted.withCertificate());
    } catch (IllegalArgumentException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
    store.pushes().set(account.id(), Optional.of(settings), actor);
    return settings;
  }

  private byte[] seal(String password, Account account, PushUrl url) {
    if (password.isEmpty()
        || password.length() > PushSettings.MAX_CREDENTIAL
        || password.matches("(?s).*\\p{Cntrl}.*")) {
      throw new IllegalArgumentException(
          "the password must have 1 to "
              + PushSettings.MAX_CREDENTIAL
              + " characters, with no control character");
    }
    return codes.apply(actor).sealPassword(password, account.id(), url);
  }

  /** Has an account told nothing from now on. What waits for it is deleted. */
  public void remove(String login) {
    PushSettings unused = require(login);
    store.pushes().set(store.accounts().require(login).id(), Optional.empty(), actor);
  }

  private static InvalidInputException invalid(String message) {
    return new InvalidInputException(InvalidInputException.Kind.PUSH, message);
  }
}
