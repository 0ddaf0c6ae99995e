-- Keys that are replaced while the service runs.

-- Since when the key's age counts, which for the first ones is this migration: replicas of the version before open only what comes
-- under the key that they found at their start, so that none may be replaced by its age while they are still there.
ALTER TABLE transport_key ADD COLUMN aging_since timestamptz NOT NULL DEFAULT now();

-- Of no tenant: the key pair of a role before the current one. What is under it is still opened.
CREATE TABLE former_transport_key
(
    role       text PRIMARY KEY,
    key_id     text        NOT NULL,
    public_jwk text        NOT NULL,
    wrapped    bytea       NOT NULL,
    created_at timestamptz NOT NULL
);

-- Which of the tenant's data keys it is: what is encrypted under any but the first bears its number.
ALTER TABLE tenant_key
    ADD COLUMN number     int         NOT NULL DEFAULT 1,
    ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
ALTER TABLE sm_dp_tenant_key
    ADD COLUMN number     int         NOT NULL DEFAULT 1,
    ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();

-- The data key before the current one, for as long as anything is under it.
CREATE TABLE former_tenant_key
(
    tenant_id  text   NOT NULL,
    -- sm-sr or sm-dp
    role       text   NOT NULL,
    number     int    NOT NULL,
    wrapped    bytea  NOT NULL,
    -- Procedures that were in the middle of a key agreement when the key was replaced: their ephemeral keys are derived from this one.
    agreements uuid[] NOT NULL,
    PRIMARY KEY (tenant_id, role)
);

CALL tenant_rows('former_tenant_key');

GRANT SELECT, INSERT, UPDATE, DELETE ON former_transport_key, former_tenant_key TO ${app};

-- The dispatcher learns whose keys are old, never a key.
CREATE POLICY dispatch ON tenant_key FOR SELECT TO ${dispatcher} USING (true);
CREATE POLICY dispatch ON sm_dp_tenant_key FOR SELECT TO ${dispatcher} USING (true);
CREATE POLICY dispatch ON former_tenant_key FOR SELECT TO ${dispatcher} USING (true);
GRANT SELECT (tenant_id, created_at) ON tenant_key, sm_dp_tenant_key TO ${dispatcher};
GRANT SELECT (tenant_id, role) ON former_tenant_key TO ${dispatcher};
