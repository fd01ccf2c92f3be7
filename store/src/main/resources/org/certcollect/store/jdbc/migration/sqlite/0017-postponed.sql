-- What an import into a new store leaves until its end (PostponedIndexes): indexes that are not there now, in their
-- order, and search terms, a JSON array for each order.
CREATE TABLE postponed_index (
  position INTEGER PRIMARY KEY,
  name     TEXT NOT NULL,
  sql      TEXT NOT NULL
) STRICT;

CREATE TABLE postponed_term (
  order_number INTEGER PRIMARY KEY,
  terms        TEXT NOT NULL
) STRICT;
