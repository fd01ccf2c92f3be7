-- When and by whom the certificates of an order were handed out last; without an account, by a collection code.
CREATE TABLE last_collect (
  order_number INTEGER PRIMARY KEY,
  at           INTEGER NOT NULL,
  account_id   INTEGER,
  source       TEXT    NOT NULL
);
