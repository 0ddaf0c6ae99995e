-- What devices ask for is bounded: per device and day, and in how long it is kept.

ALTER TABLE replacement
    ADD COLUMN opened_at timestamptz NOT NULL DEFAULT now();
CREATE INDEX replacement_of_pair ON replacement (tenant_id, new_nid, opened_at);

-- Forced replacements that were refused: an order that is read twice has the same outcome.
CREATE TABLE refused_replacement
(
    tenant_id  text        NOT NULL,
    ticket     text        NOT NULL,
    refused_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, ticket)
);
CALL tenant_rows('refused_replacement');
GRANT SELECT, INSERT, DELETE ON refused_replacement TO ${app};
