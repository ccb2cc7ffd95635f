-- The task pipeline: what organisations propose, what is said and decided of it, and how it spreads.
CREATE TABLE tasks (
    id TEXT PRIMARY KEY,
    alliance TEXT NOT NULL REFERENCES alliances (id),
    committee TEXT NOT NULL REFERENCES committees (id),
    division TEXT NOT NULL REFERENCES divisions (id),
    organisation TEXT NOT NULL REFERENCES organisations (id),
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    problem TEXT NOT NULL,
    approach TEXT NOT NULL,
    technologies TEXT NOT NULL,
    sector TEXT NOT NULL,
    partners TEXT NOT NULL,
    effects TEXT NOT NULL,
    budget INTEGER NOT NULL,
    state TEXT NOT NULL,
    round INTEGER NOT NULL,
    returned_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    submitted_at TIMESTAMP,
    submitted_by TEXT NOT NULL,
    gate_at TIMESTAMP,
    found_at TIMESTAMP,
    sherpa TEXT NOT NULL,
    advice TEXT NOT NULL,
    score INTEGER NOT NULL,
    marks INTEGER NOT NULL,
    refined_at TIMESTAMP,
    item TEXT NOT NULL,
    decision TEXT NOT NULL,
    approval TEXT NOT NULL,
    sealed BOOLEAN NOT NULL,
    selected_at TIMESTAMP,
    hub TEXT NOT NULL,
    handed_at TIMESTAMP,
    finished_at TIMESTAMP,
    rules TEXT NOT NULL,
    version INTEGER NOT NULL
);
CREATE INDEX tasks_alliance ON tasks (alliance, state, id);
CREATE INDEX tasks_committee ON tasks (committee, id);
CREATE INDEX tasks_organisation ON tasks (organisation);
CREATE INDEX tasks_division ON tasks (division);
CREATE INDEX tasks_item ON tasks (item) WHERE item <> '';

-- The organisations that take part in a task, for queries; the task itself lists them too.
CREATE TABLE task_partners (
    task TEXT NOT NULL REFERENCES tasks (id),
    organisation TEXT NOT NULL REFERENCES organisations (id),
    PRIMARY KEY (task, organisation)
);
CREATE INDEX task_partners_organisation ON task_partners (organisation);

CREATE TABLE task_comments (
    id TEXT PRIMARY KEY,
    task TEXT NOT NULL REFERENCES tasks (id),
    round INTEGER NOT NULL,
    organisation TEXT NOT NULL,
    author TEXT NOT NULL,
    text TEXT NOT NULL,
    at TIMESTAMP NOT NULL
);
CREATE INDEX task_comments_task ON task_comments (task, id);

CREATE TABLE council_seats (
    alliance TEXT NOT NULL REFERENCES alliances (id),
    account TEXT NOT NULL REFERENCES accounts (id),
    employer TEXT NOT NULL,
    since TIMESTAMP NOT NULL,
    PRIMARY KEY (alliance, account)
);
CREATE INDEX council_seats_account ON council_seats (account);

CREATE TABLE task_marks (
    task TEXT NOT NULL REFERENCES tasks (id),
    round INTEGER NOT NULL,
    account TEXT NOT NULL REFERENCES accounts (id),
    innovation INTEGER NOT NULL,
    feasibility INTEGER NOT NULL,
    impact INTEGER NOT NULL,
    remark TEXT NOT NULL,
    aside TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (task, round, account)
);

CREATE TABLE task_reports (
    id TEXT PRIMARY KEY,
    task TEXT NOT NULL REFERENCES tasks (id),
    number INTEGER NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisations (id),
    adopters INTEGER NOT NULL,
    events INTEGER NOT NULL,
    participants INTEGER NOT NULL,
    spent INTEGER NOT NULL,
    text TEXT NOT NULL,
    at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX task_reports_number ON task_reports (task, number);

CREATE TABLE task_letters (
    task TEXT NOT NULL REFERENCES tasks (id),
    "to" TEXT NOT NULL,
    kind TEXT NOT NULL,
    occasion TEXT NOT NULL,
    sent_at TIMESTAMP NOT NULL,
    failure TEXT NOT NULL,
    PRIMARY KEY (task, "to", kind, occasion)
);
