-- Where e-mails about an order go: to its own address, otherwise to that of its account. Neither gets any if no_mail is
-- 1 in either row.
ALTER TABLE account ADD COLUMN email TEXT;
ALTER TABLE account ADD COLUMN language TEXT;
ALTER TABLE account ADD COLUMN no_mail INTEGER;
ALTER TABLE orders ADD COLUMN email TEXT;
ALTER TABLE orders ADD COLUMN language TEXT;
ALTER TABLE orders ADD COLUMN no_mail INTEGER;

-- The messages that are to be sent, written by the transaction that causes them. A message without next_at is not sent:
-- it has failed, or its order has no certificate yet, or is held. While one is being sent, next_at is the end of the
-- lease of claimed_by. An id is never used twice.
CREATE TABLE outbox (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  channel        TEXT    NOT NULL,
  kind           TEXT    NOT NULL,
  created_at     INTEGER NOT NULL,
  order_number   INTEGER NOT NULL,
  account_id     INTEGER NOT NULL,
  certificate_id INTEGER,
  recipient      TEXT    NOT NULL,
  language       TEXT,
  detail         TEXT,
  sealed_code    BLOB,
  due_at         INTEGER,
  next_at        INTEGER,
  attempts       INTEGER NOT NULL DEFAULT 0,
  claimed_by     TEXT,
  failed_at      INTEGER,
  last_error     TEXT
) STRICT;

CREATE INDEX outbox_by_time ON outbox (channel, next_at, id) WHERE next_at IS NOT NULL;
CREATE INDEX outbox_by_recipient ON outbox (channel, recipient, id) WHERE next_at IS NOT NULL;
CREATE INDEX outbox_by_order ON outbox (order_number);
CREATE INDEX outbox_by_account ON outbox (account_id);
CREATE INDEX outbox_by_failure ON outbox (channel, failed_at) WHERE failed_at IS NOT NULL;

-- The last certificate, along its expiry, whose holder was told that it expires in so many days.
CREATE TABLE expiry_notice (
  days         INTEGER PRIMARY KEY,
  not_after    INTEGER NOT NULL,
  order_number INTEGER NOT NULL
) STRICT;
