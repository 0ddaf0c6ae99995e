-- A card that was taken out of the fleet keeps its row, for the counter that it must not see twice; it gets no procedure.
ALTER TABLE card
    ADD COLUMN active boolean NOT NULL DEFAULT true;

-- The version of the last record of each device, group and tenant: an older one that comes late changes nothing.
CREATE TABLE fleet_fact
(
    tenant_id text   NOT NULL,
    key       text   NOT NULL,
    version   bigint NOT NULL,
    PRIMARY KEY (tenant_id, key)
) WITH (fillfactor = 80);
CALL tenant_rows('fleet_fact');
GRANT SELECT, INSERT, UPDATE, DELETE ON fleet_fact TO ${app};
