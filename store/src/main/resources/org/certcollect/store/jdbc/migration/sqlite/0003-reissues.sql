-- The id of a certificate that clients and operators see is 10000000000 + certificate.id.

-- The time at which a reissue of the certificate was begun, while it is under way.
ALTER TABLE orders ADD COLUMN reissue_since INTEGER;

-- The domain name that the request is for; empty text if it names none, NULL for a request from before this column.
ALTER TABLE signing_request ADD COLUMN domain TEXT;

-- The request for the next certificate, while its reissue is under way.
CREATE TABLE reissue_request (
  order_number INTEGER PRIMARY KEY REFERENCES orders (number),
  public_key   BLOB    NOT NULL,
  der          BLOB    NOT NULL,
  domain       TEXT    NOT NULL
) STRICT;

-- The details of an order's validation that an operator set. Steps and domains are words NAME=PROGRESS with blanks
-- between them.
CREATE TABLE validation (
  order_number INTEGER PRIMARY KEY REFERENCES orders (number),
  status       TEXT,
  steps        TEXT    NOT NULL,
  domains      TEXT    NOT NULL,
  term_start   INTEGER,
  term_end     INTEGER
) STRICT;
