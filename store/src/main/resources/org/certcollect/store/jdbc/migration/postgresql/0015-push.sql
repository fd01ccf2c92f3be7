-- A later reader of the table waits behind a lock that this waits for: so it waits for a short time only, and the
-- program repeats the migration after a pause.
SET LOCAL lock_timeout = '500ms';

-- The receivers of push notifications, one for each account that has one. Until free_at, nothing is sent to it: it is
-- claimed by claimed_by, or rests after a failure. The notifications are rows of outbox with the channel PUSH.
CREATE TABLE push (
  account_id       BIGINT PRIMARY KEY,
  url              TEXT    NOT NULL,
  user_name        TEXT,
  sealed_password  BYTEA,
  with_certificate BIGINT NOT NULL,
  version          BIGINT NOT NULL DEFAULT 1,
  free_at          BIGINT NOT NULL,
  failures         BIGINT NOT NULL DEFAULT 0,
  claims           BIGINT NOT NULL DEFAULT 0,
  claimed_by       TEXT
);

CREATE INDEX push_by_time ON push (free_at, account_id);
CREATE INDEX outbox_by_receiver ON outbox (account_id, next_at, id) WHERE channel = 'PUSH' AND next_at IS NOT NULL;
