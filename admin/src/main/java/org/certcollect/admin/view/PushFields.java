package org.certcollect.admin.view;

import org.certcollect.admin.EnumWords;
import org.certcollect.store.Pushes.Notification;
import org.certcollect.store.domain.PushSettings;

/** The fields of push notifications as every front end shows them. No password is among them. */
public final class PushFields {
  private PushFields() {}

  public static Fields of(String login, PushSettings settings) {
    return new Fields()
        .add("account", login)
        .add("url", settings.url().value())
        .addPresent("user", settings.user())
        .add("password", settings.sealedPassword().isPresent())
        .add("withCertificate", settings.withCertificate());
  }

  public static Fields of(Notification notification) {
    return new Fields()
        .add("id", notification.id())
        .add("status", EnumWords.of(notification.status()))
        .add("account", notification.account())
        .add("order", notification.order())
        .add("created", notification.created())
        .add("next", notification.next())
        .add("attempts", notification.attempts())
        .add("failed", notification.failed())
        .add("error", notification.error());
  }
}
