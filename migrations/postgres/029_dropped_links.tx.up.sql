-- A link that an administrator has taken away stays, so that its owner is not linked again until that is allowed.
ALTER TABLE identity_links ADD COLUMN dropped_at TIMESTAMPTZ;
