-- Links that invite somebody to act for an organisation.
ALTER TABLE invitations ADD COLUMN organisation TEXT NOT NULL DEFAULT '';
ALTER TABLE invitations ADD COLUMN submits BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE invitations ADD COLUMN manages BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX invitations_organisation ON invitations (organisation) WHERE organisation <> '';
