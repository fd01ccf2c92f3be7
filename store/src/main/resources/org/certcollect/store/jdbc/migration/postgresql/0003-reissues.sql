-- The id of a certificate that clients and operators see is 10000000000 + certificate.id.

-- While ALTER TABLE waits for a lock, every later reader of the table waits behind it. So it only waits for a short
-- time, and the program repeats the migration after a pause.
SET LOCAL lock_timeout = '500ms';

-- The time at which a reissue of the certificate was begun, while it is under way.
ALTER TABLE orders ADD COLUMN reissue_since BIGINT;

-- The domain name that the request is for; empty text if it names none, NULL for a request from before this column.
ALTER TABLE signing_request ADD COLUMN domain TEXT;

-- The request for the next certificate, while its reissue is under way.
CREATE TABLE reissue_request (
  order_number BIGINT PRIMARY KEY REFERENCES orders (number),
  public_key   BYTEA NOT NULL,
  der          BYTEA NOT NULL,
  domain       TEXT  NOT NULL
);

-- The details of an order's validation that an operator set. Steps and domains are words NAME=PROGRESS with blanks
-- between them.
CREATE TABLE validation (
  order_number BIGINT PRIMARY KEY REFERENCES orders (number),
  status       TEXT,
  steps        TEXT NOT NULL,
  domains      TEXT NOT NULL,
  term_start   BIGINT,
  term_end     BIGINT
);
