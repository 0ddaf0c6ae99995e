-- How an operation went, step by step, for those who follow it live: what was true after each transaction that changed it. Kept
-- by the transaction itself under the lock of the operation's row, so that of one operation a higher sequence is committed later.
-- A process of the version before writes none of it; whoever follows an operation meanwhile is told what is true at that moment.
CREATE TABLE operation_progress
(
    tenant_id         text        NOT NULL,
    operation         text        NOT NULL,
    -- From 1, without a gap.
    sequence          bigint      NOT NULL,
    at                timestamptz NOT NULL,
    status            text        NOT NULL,
    members           bigint,
    -- Cards by state, those without a card left out.
    counts            jsonb       NOT NULL,
    campaign_state    text,
    campaign_triggers bigint      NOT NULL,
    campaign_commands bigint      NOT NULL,
    PRIMARY KEY (tenant_id, operation, sequence)
);
CALL tenant_rows('operation_progress');
GRANT SELECT, INSERT ON operation_progress TO ${app};

-- Operations of one card or one group, newest first, without a look at all of the tenant's.
CREATE INDEX operation_of_card ON operation (tenant_id, nid, number) WHERE nid IS NOT NULL;
CREATE INDEX operation_of_group ON operation (tenant_id, gid, number) WHERE gid IS NOT NULL;
