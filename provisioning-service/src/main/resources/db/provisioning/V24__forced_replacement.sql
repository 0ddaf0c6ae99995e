-- Forced replacement: the old card is dead, lost or stolen.

ALTER TABLE replacement
    -- The download that the successor gets instead, until it is ordered; null: none.
    ADD COLUMN supply text;

ALTER TABLE sm_dp_subscription
    -- A card may have a profile of it, without a right to it: nobody gets another one, ever.
    ADD COLUMN revoked bool NOT NULL DEFAULT false;

ALTER TABLE card
    -- The profile that is to go before anything else comes to the card; null: none.
    ADD COLUMN quarantine        text,
    -- null: time brings nothing.
    ADD COLUMN quarantine_due_at timestamptz;
CREATE INDEX card_quarantine_due ON card (quarantine_due_at, tenant_id) WHERE active AND quarantine_due_at IS NOT NULL;
GRANT SELECT (active, quarantine_due_at) ON card TO ${dispatcher};
