-- A coming that was recorded by mistake was never one; its row stays and nothing counts it.
ALTER TABLE presences ADD COLUMN voided_at TIMESTAMPTZ;
