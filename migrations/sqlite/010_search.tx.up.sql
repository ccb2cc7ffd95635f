-- What everybody may read, with the text by which it is found. It is derived from the record and can be made anew. A place
-- is the position in the order of hits; grams are pairs of neighbouring characters.
CREATE TABLE search_entries (
    place INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    subject TEXT NOT NULL,
    committee TEXT NOT NULL REFERENCES committees (id),
    item TEXT NOT NULL,
    open BOOLEAN NOT NULL,
    day TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    folded TEXT NOT NULL
);
CREATE UNIQUE INDEX search_entries_id ON search_entries (kind, id);
CREATE INDEX search_entries_subject ON search_entries (subject);

CREATE TABLE search_grams (
    gram INTEGER NOT NULL,
    place INTEGER NOT NULL,
    PRIMARY KEY (gram, place)
) WITHOUT ROWID;
