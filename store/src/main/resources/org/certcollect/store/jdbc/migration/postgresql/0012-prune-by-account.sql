-- CREATE INDEX lets no other transaction change the table. It only waits for a short time for those under way, and the
-- program repeats the migration after a pause.
SET LOCAL lock_timeout = '500ms';

-- Old orders of one account are deleted along the time at which they ended.
CREATE INDEX orders_by_account_and_rejection ON orders (account_id, changed_at, number) WHERE state = 'REJECTED';
CREATE INDEX orders_by_account_and_revocation ON orders (account_id, changed_at, number) WHERE state = 'REVOKED';
