-- A file that was taken off stays for what was submitted with it.
ALTER TABLE attachments ADD COLUMN removed BOOLEAN NOT NULL DEFAULT FALSE;
