-- Papers of a meeting bound for one reader (회의자료집). The file is a copy that is thrown away; the row stays, as who had it.
CREATE TABLE booklets (
    id TEXT PRIMARY KEY,
    committee TEXT NOT NULL REFERENCES committees (id),
    meeting TEXT NOT NULL REFERENCES meetings (id),
    reader TEXT NOT NULL,
    papers TEXT NOT NULL,
    withheld TEXT NOT NULL,
    digest TEXT NOT NULL,
    total INTEGER NOT NULL,
    done INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    ordered_at TIMESTAMP NOT NULL,
    bound_at TIMESTAMP,
    keep_until TIMESTAMP NOT NULL,
    dropped BOOLEAN NOT NULL,
    version INTEGER NOT NULL
);
CREATE INDEX booklets_reader ON booklets (meeting, reader, id);
CREATE INDEX booklets_kept ON booklets (id) WHERE NOT dropped;
