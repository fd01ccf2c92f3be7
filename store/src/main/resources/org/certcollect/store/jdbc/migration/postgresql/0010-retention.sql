-- CREATE INDEX lets no other transaction change the table. It only waits for a short time for those under way, and the
-- program repeats the migration after a pause.
SET LOCAL lock_timeout = '500ms';

-- Old orders are deleted along the time at which they ended.
CREATE INDEX orders_by_rejection ON orders (changed_at, number) WHERE state = 'REJECTED';
CREATE INDEX orders_by_revocation ON orders (changed_at, number) WHERE state = 'REVOKED';

-- The events that name an account from which an order was moved.
CREATE INDEX event_by_move ON event (detail) WHERE action = 'order.move';
