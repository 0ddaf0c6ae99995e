-- E1 that were refused at once: they leave no replacement, and count against the device all the same.

CREATE TABLE replacement_refusals
(
    tenant_id text        NOT NULL,
    nid       text        NOT NULL,
    -- When the first one that still counts was refused.
    since     timestamptz NOT NULL,
    refused   int         NOT NULL,
    -- Whether the registry was told meanwhile that the device is heard no more.
    limited   boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (tenant_id, nid)
) WITH (fillfactor = 70);
CALL tenant_rows('replacement_refusals');
GRANT SELECT, INSERT, UPDATE, DELETE ON replacement_refusals TO ${app};
