-- Ballots. Who took part and what was voted are kept apart; a secret vote has no time, seat or order.
CREATE TABLE ballots (
    id TEXT PRIMARY KEY,
    meeting TEXT NOT NULL REFERENCES meetings (id),
    item TEXT NOT NULL REFERENCES items (id),
    purpose TEXT NOT NULL,
    subject TEXT NOT NULL,
    method TEXT NOT NULL,
    question TEXT NOT NULL,
    candidates TEXT,
    state TEXT NOT NULL,
    opened_at TIMESTAMP NOT NULL,
    closes_at TIMESTAMP,
    closed_at TIMESTAMP,
    void_reason TEXT NOT NULL,
    serving INTEGER NOT NULL,
    present INTEGER NOT NULL,
    recused INTEGER NOT NULL,
    excluded TEXT,
    terms TEXT,
    result TEXT,
    version INTEGER NOT NULL
);
CREATE INDEX ballots_meeting ON ballots (meeting, opened_at);
CREATE INDEX ballots_item ON ballots (item);
CREATE UNIQUE INDEX ballots_under_way ON ballots (item) WHERE state IN ('open', 'tied');

CREATE TABLE roll_entries (
    ballot TEXT NOT NULL REFERENCES ballots (id),
    member TEXT NOT NULL REFERENCES members (id),
    name TEXT NOT NULL,
    PRIMARY KEY (ballot, member)
);

-- Who is not on the roll cannot take part.
CREATE TABLE participations (
    ballot TEXT NOT NULL,
    member TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    receipt TEXT NOT NULL,
    PRIMARY KEY (ballot, member),
    FOREIGN KEY (ballot, member) REFERENCES roll_entries (ballot, member)
);

-- Without a row id the file holds votes in the order of their random keys, not in that of their arrival.
CREATE TABLE votes (
    id TEXT PRIMARY KEY,
    ballot TEXT NOT NULL REFERENCES ballots (id),
    member TEXT NOT NULL,
    choice TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX votes_ballot ON votes (ballot, id);
CREATE UNIQUE INDEX votes_member ON votes (ballot, member) WHERE member <> '';

-- The wording of statements before their corrections.
CREATE TABLE statement_versions (
    statement TEXT NOT NULL REFERENCES statements (id),
    version INTEGER NOT NULL,
    speaker TEXT NOT NULL,
    text TEXT NOT NULL,
    reason TEXT NOT NULL,
    replaced_by TEXT NOT NULL,
    replaced_at TIMESTAMP NOT NULL,
    PRIMARY KEY (statement, version)
);

-- Closed is closed: neither a ballot that has ended nor its votes change any more.
CREATE TRIGGER ballots_no_change BEFORE UPDATE ON ballots WHEN OLD.state IN ('closed', 'void')
BEGIN SELECT RAISE(ABORT, 'the ballot has ended'); END;
CREATE TRIGGER ballots_no_delete BEFORE DELETE ON ballots WHEN OLD.state IN ('closed', 'void')
BEGIN SELECT RAISE(ABORT, 'the ballot has ended'); END;
CREATE TRIGGER votes_no_change BEFORE UPDATE ON votes
WHEN EXISTS (SELECT 1 FROM ballots WHERE id = OLD.ballot AND state IN ('closed', 'void'))
BEGIN SELECT RAISE(ABORT, 'the ballot has ended'); END;
CREATE TRIGGER votes_no_delete BEFORE DELETE ON votes
WHEN EXISTS (SELECT 1 FROM ballots WHERE id = OLD.ballot AND state IN ('closed', 'void'))
BEGIN SELECT RAISE(ABORT, 'the ballot has ended'); END;
CREATE TRIGGER statement_versions_no_change BEFORE UPDATE ON statement_versions
BEGIN SELECT RAISE(ABORT, 'statement_versions is append-only'); END;
CREATE TRIGGER statement_versions_no_delete BEFORE DELETE ON statement_versions
BEGIN SELECT RAISE(ABORT, 'statement_versions is append-only'); END;
