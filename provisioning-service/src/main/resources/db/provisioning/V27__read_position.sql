-- How far the intake has come, in time: silence of a card means nothing as long as what came before is unread.

ALTER TABLE partition_claim
    -- When the last record that was read had come, if others wait behind it; null: none did.
    ADD COLUMN read_to timestamptz;

-- Requests that are granted and begin when devices' messages are read as they come again.
CREATE INDEX client_request_queued ON client_request (tenant_id) WHERE stage = 'GRANTED' AND due_at IS NOT NULL;
