-- The id of a certificate that clients and operators see is 10000000000 + certificate.id.

-- The time at which a reissue of the certificate was begun, while it is under way.
ALTER TABLE orders ADD COLUMN reissue_since BIGINT;

-- The request for the next certificate, while its reissue is under way.
CREATE TABLE reissue_request (
  order_number BIGINT PRIMARY KEY REFERENCES orders (number),
  public_key   BYTEA NOT NULL,
  der          BYTEA NOT NULL
);

-- What an operator said of an order's validation. Steps and domains are words NAME=PROGRESS with blanks between them.
CREATE TABLE validation (
  order_number BIGINT PRIMARY KEY REFERENCES orders (number),
  status       TEXT,
  steps        TEXT NOT NULL,
  domains      TEXT NOT NULL,
  term_start   BIGINT,
  term_end     BIGINT
);
