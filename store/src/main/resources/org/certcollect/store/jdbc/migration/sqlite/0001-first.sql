-- Moments are milliseconds since 1970, flags are 0 or 1, states and products the names of their enums.
-- Nothing is ever deleted, so no id is ever used twice.

-- "CCol": tells this file from another program's.
PRAGMA application_id = 0x43436F6C;

CREATE TABLE account (
  id            INTEGER PRIMARY KEY,
  login         TEXT    NOT NULL UNIQUE,
  password_hash TEXT    NOT NULL,
  ssl           INTEGER NOT NULL,
  ccc           INTEGER NOT NULL,
  enabled       INTEGER NOT NULL,
  version       INTEGER NOT NULL,
  created_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE ca_certificate (
  id          INTEGER PRIMARY KEY,
  sha256      BLOB    NOT NULL UNIQUE,
  subject     BLOB    NOT NULL,
  common_name TEXT,
  dns_name    TEXT,
  not_before  INTEGER NOT NULL,
  not_after   INTEGER NOT NULL,
  der         BLOB    NOT NULL
) STRICT;

CREATE INDEX ca_certificate_by_subject ON ca_certificate (subject);

-- The issuers above an end entity; orders of the same issuer share one.
CREATE TABLE chain (
  id     INTEGER PRIMARY KEY,
  digest BLOB    NOT NULL UNIQUE
) STRICT;

CREATE TABLE chain_member (
  chain_id          INTEGER NOT NULL REFERENCES chain (id),
  position          INTEGER NOT NULL,
  ca_certificate_id INTEGER NOT NULL REFERENCES ca_certificate (id),
  PRIMARY KEY (chain_id, position)
) STRICT, WITHOUT ROWID;

-- certificate_id, not_before and not_after repeat the newest certificate's, so that a collect request
-- and a list of what expires read this row alone. Like an event, it is written in the transaction that
-- wrote what it refers to, and what it refers to stays: no foreign key looks for it once more.
CREATE TABLE orders (
  number         INTEGER PRIMARY KEY CHECK (number > 0),
  account_id     INTEGER NOT NULL REFERENCES account (id),
  product        TEXT    NOT NULL,
  state          TEXT    NOT NULL,
  reason         TEXT,
  created_at     INTEGER NOT NULL,
  changed_at     INTEGER NOT NULL,
  certificate_id INTEGER,
  not_before     INTEGER,
  not_after      INTEGER,
  code_hash      BLOB
) STRICT;

-- SQLite ends every index with the row's key, the number: lists page along it, those of what expires
-- along the expiry.
CREATE INDEX orders_by_account ON orders (account_id);
CREATE INDEX orders_by_state ON orders (state);
CREATE INDEX orders_by_product ON orders (product);
CREATE INDEX orders_by_expiry ON orders (state, not_after) WHERE state = 'ISSUED';
CREATE INDEX orders_by_account_and_expiry ON orders (account_id, not_after) WHERE state = 'ISSUED';
CREATE UNIQUE INDEX orders_by_code ON orders (code_hash) WHERE code_hash IS NOT NULL;

CREATE TABLE signing_request (
  order_number INTEGER PRIMARY KEY REFERENCES orders (number),
  public_key   BLOB    NOT NULL,
  der          BLOB    NOT NULL
) STRICT;

CREATE TABLE certificate (
  id           INTEGER PRIMARY KEY,
  order_number INTEGER NOT NULL REFERENCES orders (number),
  chain_id     INTEGER NOT NULL REFERENCES chain (id),
  issued_at    INTEGER NOT NULL,
  sha256       BLOB    NOT NULL,
  subject      BLOB    NOT NULL,
  common_name  TEXT,
  dns_name     TEXT,
  not_before   INTEGER NOT NULL,
  not_after    INTEGER NOT NULL,
  der          BLOB    NOT NULL
) STRICT;

CREATE INDEX certificate_by_order ON certificate (order_number);

CREATE TABLE event (
  id           INTEGER PRIMARY KEY,
  at           INTEGER NOT NULL,
  actor        TEXT    NOT NULL,
  account_id   INTEGER,
  order_number INTEGER,
  action       TEXT    NOT NULL,
  from_state   TEXT,
  to_state     TEXT,
  detail       TEXT
) STRICT;

CREATE INDEX event_by_order ON event (order_number) WHERE order_number IS NOT NULL;
CREATE INDEX event_by_account ON event (account_id) WHERE order_number IS NULL;

-- What tells the key that code_hash is made with; one row once a key was used.
CREATE TABLE codes_key (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  mark BLOB    NOT NULL
) STRICT;

CREATE TABLE counter (
  name  TEXT    PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO counter (name, value) VALUES ('order_number', 1000000);
