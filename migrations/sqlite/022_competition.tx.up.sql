-- How many applied, were eligible and selected, kept with the ranking so that lists of calls need not read the ranking itself.
-- Rankings that are there are counted here once, by the rule of selection.CompetitionOf.
ALTER TABLE rankings ADD COLUMN competition TEXT NOT NULL DEFAULT '{}';
UPDATE rankings SET competition = json_object(
    'received', (SELECT count(*) FROM applications x WHERE x.call = rankings.call AND x.state NOT IN ('draft', 'withdrawn')),
    'eligible', (SELECT count(*) FROM applications x WHERE x.call = rankings.call AND x.state IN ('eligible', 'agreed', 'given_up')),
    'selected', (SELECT count(*) FROM json_each(rankings.rows) r WHERE r.value ->> 'outcome' = 'selected'),
    'reserved', (SELECT count(*) FROM json_each(rankings.rows) r WHERE r.value ->> 'outcome' = 'reserved'),
    'withdrawn', (SELECT count(*) FROM applications x WHERE x.call = rankings.call AND x.state = 'withdrawn')
);
CREATE INDEX calls_year ON calls (year, committee, number);
