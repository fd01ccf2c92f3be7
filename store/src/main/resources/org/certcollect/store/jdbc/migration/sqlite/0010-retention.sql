-- Old orders are deleted along the time at which they ended.
CREATE INDEX orders_by_rejection ON orders (state, changed_at) WHERE state = 'REJECTED';
CREATE INDEX orders_by_revocation ON orders (state, changed_at) WHERE state = 'REVOKED';

-- The events that name an account from which an order was moved.
CREATE INDEX event_by_move ON event (detail) WHERE action = 'order.move';
