-- What of an opinion looked like personal data when it arrived, and what the staff hides from the public; when a consultation
-- was given up, so that whoever was asked is told.
ALTER TABLE opinions ADD COLUMN personal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE opinions ADD COLUMN masks TEXT NOT NULL DEFAULT '[]';
ALTER TABLE opinions ADD COLUMN masked_at TIMESTAMP;
ALTER TABLE consultations ADD COLUMN withdrawn_at TIMESTAMP;
