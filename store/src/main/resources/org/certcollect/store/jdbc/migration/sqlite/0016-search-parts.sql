-- The search terms in parts, each of the orders from a number to the next part's. An import begins new parts, so that
-- the pages that a transaction changes are few, however many orders there are (SearchPart).
CREATE TABLE search_part (
  first_number INTEGER PRIMARY KEY
) STRICT;

INSERT INTO search_part (first_number) VALUES (0);

ALTER TABLE search_term RENAME TO search_term_before;

CREATE TABLE search_term (
  part         INTEGER NOT NULL,
  term         TEXT    NOT NULL,
  order_number INTEGER NOT NULL,
  PRIMARY KEY (part, term, order_number)
) STRICT, WITHOUT ROWID;

INSERT INTO search_term (part, term, order_number)
SELECT 0, term, order_number FROM search_term_before ORDER BY term, order_number;

DROP TABLE search_term_before;
