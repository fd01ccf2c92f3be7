package org.certcollect.cli.demo.mailbox;

import static java.util.stream.Collectors.joining;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.certcollect.cli.demo.mailbox.MailContent.MailAttachment;
import org.certcollect.server.html.Html;
import org.certcollect.server.html.PagePolicy;
import org.certcollect.server.html.Template;

/** The pages of the mailbox, without a script. */
final class MailboxPage {
  static final String PATH = "/mail";
  static final String STYLE = PagePolicy.STYLE + Template.read(MailboxPage.class, "mail.css");

  private static final Template PAGE =
      new Template(
          Template.read(MailboxPage.class, "mailbox.html"), Map.of("style", new Html(STYLE)));
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Pattern CODE_LINK =
      Pattern.compile("https://[A-Za-z0-9.:\\[\\]-]+/collect#code=[A-Za-z0-9]+");

  private MailboxPage() {}

  /** The list of mails. */
  static Html list(List<ReceivedMail> mails) {
    String rows =
        mails.stream()
            .map(
                mail ->
                    "<tr><td class=\"time\">%s</td><td>%s</td><th scope=\"row\">%s</th></tr>"
                        .formatted(
                            Html.text(TIME.format(mail.received())).markup(),
                            Html.text(String.join(", ", mail.recipients())).markup(),
                            link(mail, "", subject(mail))))
            .collect(joining("\n"));
    String main =
        mails.isEmpty()
            ? "<p>There are no mails yet. Load this page again after a change.</p>"
            : "<table class=\"list\"><thead><tr><th scope=\"col\">Received</th>"
                + "<th scope=\"col\">To</th><th scope=\"col\">Subject</th></tr></thead><tbody>"
                + rows
                + "</tbody></table>";
    return page(
        "Mailbox of the demo",
        main,
        "All e-mails of the demo end here: the last "
            + Mailbox.MAX_MAILS
            + " in memory, until the demo ends. Load this page again for new ones.");
  }

  /** A mail: its text, and links to all that it has beside. */
  static Html mail(ReceivedMail mail) {
    MailContent content = mail.content();
    StringBuilder main = new StringBuilder();
    main.append("<table class=\"fields\"><tbody>");
    row(main, "From", Html.text(content.from()).markup());
    row(main, "To", Html.text(String.join(", ", mail.recipients())).markup());
    row(main, "Received", Html.text(TIME.format(mail.received())).markup());
    for (int i = 0; i < content.attachments().size(); i++) {
      MailAttachment file = content.attachments().get(i);
      String words = file.name() + " (" + file.bytes().length + " bytes)";
      row(main, "Attachment", link(mail, "/attachments/" + i, words));
    }
    String html = content.html().isPresent() ? link(mail, "/html", "as HTML") + ", " : "";
    row(main, "This mail", html + link(mail, "/source", "source"));
    main.append("</tbody></table>\n");
    if (!content.isWhole()) {
      main.append("<p>Not all of this mail could be read: look at its source.</p>\n");
    }
    String text = content.text().orElse("").replace("\r\n", "\n").replace("\t", "    ");
    CODE_LINK
        .matcher(text)
        .results()
        .findFirst()
        .ifPresent(
            found ->
                main.append("<p>Collect the certificate as the recipient does: ")
                    .append(
                        Html.link(found.group(), Html.text("open the link of this mail")).markup())
                    .append(", and press the button there.</p>\n"));
    main.append("<pre>").append(Html.text(text).markup()).append("</pre>\n");
    main.append("<p><a href=\"" + PATH + "\">All mails</a></p>");
    return page(subject(mail), main.toString(), "A mail of the demo.");
  }

  /** The page for a mail that is not kept. */
  static Html gone() {
    return page(
        "There is no such mail",
        "<p>The mailbox keeps the newest mails only. <a href=\"" + PATH + "\">All mails</a></p>",
        "");
  }

  private static String subject(ReceivedMail mail) {
    String subject = mail.content().subject();
    return subject.isBlank() ? "(no subject)" : subject;
  }

  private static void row(StringBuilder rows, String name, String markup) {
    rows.append(
        "<tr><th scope=\"row\">%s</th><td>%s</td></tr>"
            .formatted(Html.text(name).markup(), markup));
  }

  private static String link(ReceivedMail mail, String beyond, String words) {
    return Html.link(PATH + "/" + mail.number() + beyond, Html.text(words)).markup();
  }

  private static Html page(String title, String main, String footer) {
    return PAGE.fill(
        Map.of("title", Html.text(title), "main", new Html(main), "footer", Html.text(footer)));
  }
}
