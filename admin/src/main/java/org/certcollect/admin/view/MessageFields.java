package org.certcollect.admin.view;

import org.certcollect.admin.EnumWords;
import org.certcollect.store.Outbox;
import org.certcollect.store.Pushes;
import org.certcollect.store.domain.PushSettings;

/**
 * The fields of e-mails, push notifications and those who get them, as every front end shows them.
 * No password and no collection code is among them.
 */
public final class MessageFields {
  private MessageFields() {}

  public static Fields of(Outbox.Message mail) {
    return new Fields()
        .add("id", mail.id())
        .add("kind", EnumWords.of(mail.kind()))
        .add("order", mail.order())
        .add("to", mail.recipient())
        .add("created", mail.created())
        .add("next", mail.next())
        .add("attempts", mail.attempts())
        .add("failed", mail.failed())
        .add("error", mail.error());
  }

  public static Fields of(Pushes.Notification push) {
    return new Fields()
        .add("id", push.id())
        .add("status", EnumWords.of(push.status()))
        .add("account", push.account())
        .add("order", push.order())
        .add("created", push.created())
        .add("next", push.next())
        .add("attempts", push.attempts())
        .add("failed", push.failed())
        .add("error", push.error());
  }

  public static Fields of(String login, PushSettings settings) {
    return new Fields()
        .add("account", login)
        .add("url", settings.url().value())
        .addPresent("user", settings.user())
        .add("password", settings.sealedPassword().isPresent())
        .add("withCertificate", settings.withCertificate());
  }
}
