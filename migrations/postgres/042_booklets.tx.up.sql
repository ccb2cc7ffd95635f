-- Papers of a meeting bound for one reader (회의자료집). The file is a copy that is thrown away; the row stays, as who had it.
CREATE TABLE booklets (
    id TEXT PRIMARY KEY,
    committee TEXT NOT NULL REFERENCES committees (id),
    meeting TEXT NOT NULL REFERENCES meetings (id),
    reader TEXT NOT NULL,
    papers JSONB NOT NULL,
    withheld JSONB NOT NULL,
    digest TEXT NOT NULL,
    total BIGINT NOT NULL,
    done BIGINT NOT NULL,
    pages BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    size BIGINT NOT NULL,
    ordered_at TIMESTAMPTZ NOT NULL,
    bound_at TIMESTAMPTZ,
    keep_until TIMESTAMPTZ NOT NULL,
    dropped BOOLEAN NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX booklets_reader ON booklets (meeting, reader, id);
CREATE INDEX booklets_kept ON booklets (id) WHERE NOT dropped;
