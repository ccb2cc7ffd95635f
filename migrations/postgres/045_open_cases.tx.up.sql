-- The open cases of the whole city are found without a look at the meetings of the past. A meeting is recorded when its minutes are
-- published; the store keeps it so.
ALTER TABLE meetings ADD COLUMN recorded BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE meetings SET recorded = TRUE WHERE id IN (SELECT meeting FROM minutes WHERE state = 'published');
CREATE INDEX meetings_ahead ON meetings (id) WHERE state <> 'cancelled' AND state <> 'adjourned';
CREATE INDEX meetings_cancelled ON meetings (id) WHERE state = 'cancelled';
CREATE INDEX meetings_unrecorded ON meetings (id) WHERE state = 'adjourned' AND NOT recorded;
CREATE INDEX actions_open ON actions (decision) WHERE done_at IS NULL;
