-- Old orders of one account are deleted along the time at which they ended.
CREATE INDEX orders_by_account_and_rejection ON orders (account_id, changed_at) WHERE state = 'REJECTED';
CREATE INDEX orders_by_account_and_revocation ON orders (account_id, changed_at) WHERE state = 'REVOKED';
