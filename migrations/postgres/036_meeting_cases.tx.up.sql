-- The open cases of one committee are looked for among its own meetings, however many the city has held.
CREATE INDEX meetings_case ON meetings (committee, id);
