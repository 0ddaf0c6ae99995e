-- Forced replacement: the old card is dead, lost or stolen.

ALTER TABLE euicc
    -- It was stolen: its card stays the tenant's, and no broker lets its device in.
    ADD COLUMN cut_off boolean NOT NULL DEFAULT false;

ALTER TABLE subscription
    DROP CONSTRAINT subscription_state_check,
    DROP CONSTRAINT subscription_check,
    -- Revoked: its card was given up; whatever becomes of that card, nobody gets it again.
    ADD CHECK (state IN ('Importing', 'Refused', 'Available', 'Reserved', 'Consumed', 'Lost', 'Revoked')),
    ADD CHECK ((state IN ('Reserved', 'Consumed', 'Lost', 'Revoked')) = (nid IS NOT NULL));
