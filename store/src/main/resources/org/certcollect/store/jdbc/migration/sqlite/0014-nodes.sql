-- The servers on this store, each as it last told of itself.
CREATE TABLE node (
  name       TEXT    PRIMARY KEY,
  version    TEXT    NOT NULL,
  started_at INTEGER NOT NULL,
  seen_at    INTEGER NOT NULL
) WITHOUT ROWID;
