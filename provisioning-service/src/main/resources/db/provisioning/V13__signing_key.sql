-- Of no tenant: what the SM-SR signs group packages with. The private part is encrypted under the master key.
CREATE TABLE signing_key
(
    role           text PRIMARY KEY,
    -- CERT.SR, object 7F21.
    certificate    bytea       NOT NULL,
    -- The test CI that was made together with it; null: the key was imported, and its CI is configured.
    ci_certificate bytea,
    wrapped        bytea       NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT, INSERT, UPDATE ON signing_key TO ${app};

-- The cards with a group extension whose certificate chain held when they were registered.
CREATE TABLE card_extension
(
    tenant_id   text  NOT NULL,
    nid         text  NOT NULL,
    aid         text  NOT NULL,
    version     int   NOT NULL,
    -- CERT.EXTENSION, object 7F21.
    certificate bytea NOT NULL,
    PRIMARY KEY (tenant_id, nid)
);
CALL tenant_rows('card_extension');
GRANT SELECT, INSERT, UPDATE, DELETE ON card_extension TO ${app};
