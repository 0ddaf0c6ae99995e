-- A device may connect before its fleet record was read here: brokers read the fleet by themselves. Where it is waits for
-- the card's row.
CREATE TABLE early_presence
(
    tenant_id    text        NOT NULL,
    nid          text        NOT NULL,
    node         text        NOT NULL,
    boot         text        NOT NULL,
    connection   text        NOT NULL,
    online_since timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, nid)
);
CALL tenant_rows('early_presence');
GRANT SELECT, INSERT, UPDATE, DELETE ON early_presence TO ${app};
