-- Another step than the indexes of orders, which would be lost if the lock of this table is not given in time.
SET LOCAL lock_timeout = '500ms';

-- The events that stay, because a repeated import needs them.
CREATE INDEX event_by_rehash ON event (id) WHERE action = 'account.rehash';
