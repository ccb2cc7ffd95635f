-- Departments that own parts of plans, who acts for them, and the letters that ask them for figures.
CREATE TABLE departments (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    abolished_on TEXT NOT NULL DEFAULT '',
    successor TEXT NOT NULL DEFAULT '',
    basis TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL
);

CREATE TABLE department_people (
    department TEXT NOT NULL REFERENCES departments (id),
    account TEXT NOT NULL REFERENCES accounts (id),
    PRIMARY KEY (department, account)
);
CREATE INDEX department_people_account ON department_people (account, department);

CREATE TABLE review_letters (
    review TEXT NOT NULL REFERENCES reviews (id),
    department TEXT NOT NULL REFERENCES departments (id),
    "to" TEXT NOT NULL,
    kind TEXT NOT NULL,
    occasion INTEGER NOT NULL,
    sent_at TIMESTAMP NOT NULL,
    failure TEXT NOT NULL,
    PRIMARY KEY (review, department, "to", kind, occasion)
);
