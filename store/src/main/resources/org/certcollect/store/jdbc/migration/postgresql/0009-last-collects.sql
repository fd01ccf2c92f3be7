-- When and by whom the certificates of an order were handed out last; without an account, by a collection code.
CREATE TABLE last_collect (
  order_number BIGINT PRIMARY KEY,
  at           BIGINT NOT NULL,
  account_id   BIGINT,
  source       TEXT   NOT NULL
);
