-- Lists of events page along the time, those of one actor too.
CREATE INDEX event_by_time ON event (at, id);
CREATE INDEX event_by_actor ON event (actor, at, id);
