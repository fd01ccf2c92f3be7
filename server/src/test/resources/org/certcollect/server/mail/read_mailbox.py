"""Reads a mailbox by IMAP, as a public client of the vendor's mails does.

Arguments: port, user, password, a folder for the certificates. Prints a line for each mail: its type, the number of
the order, the domain and the file with the certificate, with a tab between.
"""

import email
import email.policy
import imaplib
import io
import re
import sys
import zipfile

SUBJECTS = {
    "placed": r"ORDER #[0-9]+ - CONFIRMATION",
    "ready": r"Your certificate is ready for collection!",
    "expiring": r"Customer certificate expiry warning \([0-9]+ days\)",
}
SENTENCE = r"Your .+ Certificate for .+ is attached!"
DOMAIN = r"(?:certificate for|domain name|domain)[:\- ]+([A-Za-z0-9*.-]*[A-Za-z0-9])"


def kind(subject, text):
    """The type by the subject, or else by the sentence."""
    for name, pattern in SUBJECTS.items():
        if re.fullmatch(pattern, subject):
            return name
    return "issued" if re.search(SENTENCE, text) else "unknown"


def certificate(message, folder):
    """Stores the certificate of the archive that is attached, which is named after the domain."""
    for part in message.iter_attachments():
        archive = zipfile.ZipFile(io.BytesIO(part.get_content()))
        name = part.get_filename().removesuffix(".zip") + ".crt"
        return archive.extract(name, folder)
    return ""


def main(port, user, password, folder):
    mailbox = imaplib.IMAP4("127.0.0.1", int(port))
    mailbox.login(user, password)
    mailbox.select("INBOX", readonly=True)
    _, numbers = mailbox.search(None, "ALL")
    for number in numbers[0].split():
        _, fetched = mailbox.fetch(number, "(RFC822)")
        message = email.message_from_bytes(fetched[0][1], policy=email.policy.default)
        text = message.get_body(("plain",)).get_content()
        whole = message["Subject"] + "\n" + text
        order = re.search(r"#\s*([0-9]+)", whole).group(1)
        domain = re.search(DOMAIN, whole, re.IGNORECASE)
        print(
            kind(message["Subject"], text),
            order,
            domain.group(1) if domain else "",
            certificate(message, folder),
            sep="\t",
        )
    mailbox.logout()


main(*sys.argv[1:])
