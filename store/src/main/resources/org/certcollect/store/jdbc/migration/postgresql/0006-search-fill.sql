-- The program has filled in the terms and times of all orders, in many transactions, before this is executed.

DELETE FROM counter WHERE name = 'search_fill';

CREATE INDEX orders_by_created ON orders (created_at, number);
CREATE INDEX orders_by_changed ON orders (changed_at, number);
CREATE INDEX orders_by_issued ON orders (issued_at, number) WHERE issued_at IS NOT NULL;
CREATE INDEX orders_by_processing ON orders (processing_since, number) WHERE processing_since IS NOT NULL;
