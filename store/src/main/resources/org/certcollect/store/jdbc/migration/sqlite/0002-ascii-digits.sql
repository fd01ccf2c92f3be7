-- A password hash that was made in a locale with digits of its own, such as fa_IR or ar_EG, has these digits in its
-- parameters ($argon2id$v=19$m=...,t=...,p=...), and nothing can read it. Its salt and its hash are ASCII. Every
-- decimal digit of Unicode that one Java char can hold becomes an ASCII digit; no other hash is changed.

INSERT INTO event (at, actor, account_id, order_number, action, from_state, to_state, detail)
SELECT unixepoch('now') * 1000, 'certcollect', id, NULL, 'account.repair', NULL, NULL, 'digits of the password hash'
FROM account WHERE length(CAST(password_hash AS BLOB)) > length(password_hash);

UPDATE account SET version = version + 1, password_hash = (
  WITH RECURSIVE
    zero (code) AS (VALUES
      (1632), (1776), (1984), (2406), (2534), (2662), (2790), (2918), (3046),
      (3174), (3302), (3430), (3558), (3664), (3792), (3872), (4160), (4240),
      (6112), (6160), (6470), (6608), (6784), (6800), (6992), (7088), (7232),
      (7248), (42528), (43216), (43264), (43472), (43504), (43600), (44016), (65296)),
    repaired (used, text) AS (
      SELECT 0, ''
      UNION ALL
      SELECT used + 1, text || COALESCE(
        (SELECT unicode(substr(password_hash, used + 1, 1)) - code FROM zero
          WHERE unicode(substr(password_hash, used + 1, 1)) BETWEEN code AND code + 9),
        substr(password_hash, used + 1, 1))
      FROM repaired WHERE used < length(password_hash))
  SELECT text FROM repaired ORDER BY used DESC LIMIT 1)
WHERE length(CAST(password_hash AS BLOB)) > length(password_hash);
