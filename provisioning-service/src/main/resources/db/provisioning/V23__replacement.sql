-- Replacement (flow E): a subscription moves from one card to another.

ALTER TABLE sm_dp_subscription
    -- The card that gets a profile of it beside the one that has it, not enabled; it has the subscription alone once the other
    -- card itself has said that it has no such profile any more.
    ADD COLUMN successor text CHECK (successor <> nid);
