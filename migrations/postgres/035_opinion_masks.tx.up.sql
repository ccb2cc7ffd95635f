-- What of an opinion looked like personal data when it arrived, and what the staff hides from the public; when a consultation
-- was given up, so that whoever was asked is told.
ALTER TABLE opinions ADD COLUMN personal BIGINT NOT NULL DEFAULT 0;
ALTER TABLE opinions ADD COLUMN masks JSONB NOT NULL DEFAULT '[]';
ALTER TABLE opinions ADD COLUMN masked_at TIMESTAMPTZ;
ALTER TABLE consultations ADD COLUMN withdrawn_at TIMESTAMPTZ;
