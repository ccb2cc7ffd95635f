-- Ballots. Who took part and what was voted are kept apart; a secret vote has no time, seat or order.
CREATE TABLE ballots (
    id TEXT PRIMARY KEY,
    meeting TEXT NOT NULL REFERENCES meetings (id),
    item TEXT NOT NULL REFERENCES items (id),
    purpose TEXT NOT NULL,
    subject TEXT NOT NULL,
    method TEXT NOT NULL,
    question TEXT NOT NULL,
    candidates JSONB,
    state TEXT NOT NULL,
    opened_at TIMESTAMPTZ NOT NULL,
    closes_at TIMESTAMPTZ,
    closed_at TIMESTAMPTZ,
    void_reason TEXT NOT NULL,
    serving INTEGER NOT NULL,
    present INTEGER NOT NULL,
    recused INTEGER NOT NULL,
    excluded JSONB,
    terms JSONB,
    result JSONB,
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
    at TIMESTAMPTZ NOT NULL,
    receipt TEXT NOT NULL,
    PRIMARY KEY (ballot, member),
    FOREIGN KEY (ballot, member) REFERENCES roll_entries (ballot, member)
);

CREATE TABLE votes (
    id TEXT PRIMARY KEY,
    ballot TEXT NOT NULL REFERENCES ballots (id),
    member TEXT NOT NULL,
    choice TEXT NOT NULL
);
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
    replaced_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (statement, version)
);

-- Closed is closed: neither a ballot that has ended nor its votes change any more.
CREATE FUNCTION refuse_ended_ballot() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the ballot has ended'; END $$;
CREATE TRIGGER ballots_no_change BEFORE UPDATE OR DELETE ON ballots
FOR EACH ROW WHEN (OLD.state IN ('closed', 'void')) EXECUTE FUNCTION refuse_ended_ballot();
CREATE FUNCTION refuse_counted_vote() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF EXISTS (SELECT 1 FROM ballots WHERE id = OLD.ballot AND state IN ('closed', 'void')) THEN
        RAISE EXCEPTION 'the ballot has ended';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER votes_no_change BEFORE UPDATE OR DELETE ON votes
FOR EACH ROW EXECUTE FUNCTION refuse_counted_vote();
CREATE TRIGGER statement_versions_no_change BEFORE UPDATE OR DELETE ON statement_versions
FOR EACH ROW EXECUTE FUNCTION refuse_change();
