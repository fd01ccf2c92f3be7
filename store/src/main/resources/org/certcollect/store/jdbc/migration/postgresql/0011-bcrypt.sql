-- CREATE INDEX lets no other transaction change the table. It only waits for a short time for those under way, and the
-- program repeats the migration after a pause.
SET LOCAL lock_timeout = '500ms';

-- The highest cost of a bcrypt hash that an account has, which decides how long every refusal takes.
CREATE INDEX account_by_bcrypt ON account (substr(password_hash, 5, 2))
  WHERE substr(password_hash, 1, 2) = '$2';
CREATE INDEX account_by_old_bcrypt ON account (substr(old_password_hash, 5, 2))
  WHERE substr(old_password_hash, 1, 2) = '$2';
