-- As in 0003, a lock is waited for only briefly, and the migration repeated.
SET LOCAL lock_timeout = '500ms';

-- When the newest certificate was issued, and since when the order is being processed.
ALTER TABLE orders ADD COLUMN issued_at BIGINT;
ALTER TABLE orders ADD COLUMN processing_since BIGINT;

-- The terms that find an order: those of all its certificates and requests (SearchTerms). The names of one domain are
-- neighbours, and the orders of one term follow each other by number.
CREATE TABLE search_term (
  term         TEXT COLLATE "C" NOT NULL,
  order_number BIGINT NOT NULL,
  PRIMARY KEY (term, order_number)
);

-- The last order whose terms and times the next migration has filled in.
INSERT INTO counter (name, value) VALUES ('search_fill', 0);
