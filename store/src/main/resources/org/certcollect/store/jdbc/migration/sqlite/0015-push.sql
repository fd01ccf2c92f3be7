-- The receivers of push notifications, one for each account that has one. Until free_at, nothing is sent to it: it is
-- claimed by claimed_by, or rests after a failure. The notifications are rows of outbox with the channel PUSH.
CREATE TABLE push (
  account_id       INTEGER PRIMARY KEY,
  url              TEXT    NOT NULL,
  user_name        TEXT,
  sealed_password  BLOB,
  with_certificate INTEGER NOT NULL,
  version          INTEGER NOT NULL DEFAULT 1,
  free_at          INTEGER NOT NULL,
  failures         INTEGER NOT NULL DEFAULT 0,
  claims           INTEGER NOT NULL DEFAULT 0,
  claimed_by       TEXT
) STRICT;

CREATE INDEX push_by_time ON push (free_at, account_id);
CREATE INDEX outbox_by_receiver ON outbox (account_id, next_at, id) WHERE channel = 'PUSH' AND next_at IS NOT NULL;
