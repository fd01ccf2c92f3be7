SET LOCAL lock_timeout = '500ms';

-- The credentials of the admin API. A row without a digest is of a credential that was removed.
CREATE TABLE api_credential (
  name       TEXT   PRIMARY KEY,
  kind       TEXT   NOT NULL,
  sha256     TEXT   UNIQUE,
  scopes     TEXT   NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  last_used  BIGINT
);

-- The answers to requests with an idempotency key, for a day. The content is sealed with that key, of which the table
-- has only a digest.
CREATE TABLE api_answer (
  idempotency_key TEXT   PRIMARY KEY,
  at              BIGINT NOT NULL,
  request         TEXT,
  content         BYTEA
);

CREATE INDEX api_answer_by_time ON api_answer (at);

-- A part of each public key in which no two keys of a usual kind are alike: an index of whole keys would be as large as
-- the table.
CREATE INDEX signing_request_by_key ON signing_request (substr(public_key, 29, 16));
CREATE INDEX reissue_request_by_key ON reissue_request (substr(public_key, 29, 16));

CREATE INDEX signing_request_by_domain ON signing_request (lower(domain));
CREATE INDEX reissue_request_by_domain ON reissue_request (lower(domain));
