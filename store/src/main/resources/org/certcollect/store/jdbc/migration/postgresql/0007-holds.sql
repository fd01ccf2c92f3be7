-- While ALTER TABLE waits for a lock, every later reader of the table waits behind it. So it only waits for a short
-- time, and the program repeats the migration after a pause.
SET LOCAL lock_timeout = '500ms';

-- The time since when the order's certificates are withheld from clients.
ALTER TABLE orders ADD COLUMN held_since BIGINT;

-- Remarks of an operator about the order: a reference to another system, and a note.
ALTER TABLE orders ADD COLUMN reference TEXT COLLATE "C";
ALTER TABLE orders ADD COLUMN note TEXT;

-- The password before the present one, which is valid until a time.
ALTER TABLE account ADD COLUMN old_password_hash TEXT;
ALTER TABLE account ADD COLUMN old_password_until BIGINT;

-- Tells whether a CA certificate is in use.
CREATE INDEX chain_member_by_ca ON chain_member (ca_certificate_id);
