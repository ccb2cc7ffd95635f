-- The conditions of a call as published, with their hash; the agenda item of its deliberation; terminations of agreements.
ALTER TABLE calls ADD COLUMN conditions TEXT NOT NULL DEFAULT '{}';
ALTER TABLE calls ADD COLUMN conditions_hash TEXT NOT NULL DEFAULT '';
ALTER TABLE calls ADD COLUMN agenda TEXT NOT NULL DEFAULT '';
ALTER TABLE applications ADD COLUMN promoted_at TIMESTAMP;
ALTER TABLE agreements ADD COLUMN terminations TEXT NOT NULL DEFAULT '[]';
ALTER TABLE agreements ADD COLUMN barred TEXT NOT NULL DEFAULT '';
