-- The time since when the order's certificates are withheld from clients.
ALTER TABLE orders ADD COLUMN held_since INTEGER;

-- Remarks of an operator about the order: a reference to another system, and a note.
ALTER TABLE orders ADD COLUMN reference TEXT;
ALTER TABLE orders ADD COLUMN note TEXT;

-- The password before the present one, which is valid until a time.
ALTER TABLE account ADD COLUMN old_password_hash TEXT;
ALTER TABLE account ADD COLUMN old_password_until INTEGER;

-- Tells whether a CA certificate is in use.
CREATE INDEX chain_member_by_ca ON chain_member (ca_certificate_id);
