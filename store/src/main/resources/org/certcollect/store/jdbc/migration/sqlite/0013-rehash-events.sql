-- The events that stay, because a repeated import needs them.
CREATE INDEX event_by_rehash ON event (action) WHERE action = 'account.rehash';
