-- The servers on this store, each as it last told of itself.
CREATE TABLE node (
  name       TEXT   PRIMARY KEY,
  version    TEXT   NOT NULL,
  started_at BIGINT NOT NULL,
  seen_at    BIGINT NOT NULL
);
