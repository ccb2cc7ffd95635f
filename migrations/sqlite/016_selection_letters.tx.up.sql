-- Letters of selections: to evaluators, applicants and who objected.
CREATE TABLE selection_letters (
    call TEXT NOT NULL REFERENCES calls (id),
    "to" TEXT NOT NULL,
    kind TEXT NOT NULL,
    sent_at TIMESTAMP NOT NULL,
    failure TEXT NOT NULL,
    PRIMARY KEY (call, "to", kind)
);
