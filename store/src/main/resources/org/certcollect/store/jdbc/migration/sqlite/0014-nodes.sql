-- The servers on this store, each as it last told of itself.
CREATE TABLE node (
  id         TEXT    PRIMARY KEY,
  name       TEXT    NOT NULL,
  version    TEXT    NOT NULL,
  started_at INTEGER NOT NULL,
  seen_at    INTEGER NOT NULL
) WITHOUT ROWID;
