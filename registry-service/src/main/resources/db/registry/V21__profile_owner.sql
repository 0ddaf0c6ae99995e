-- The operator of profiles in whose name an operation was ordered: it is narrowed to that operator's profiles, and such an operator sees
-- no other. Null: the tenant's own; a process of the version before writes no other.
ALTER TABLE operation
    ADD COLUMN profile_owner text;

-- Each operator has idempotency keys of its own, so that none learns which another has used.
ALTER TABLE operation
    DROP CONSTRAINT operation_tenant_id_idempotency_key_key;
CREATE UNIQUE INDEX operation_idempotency_key ON operation (tenant_id, idempotency_key, coalesce(profile_owner, ''));

CREATE INDEX operation_of_owner ON operation (tenant_id, profile_owner, number) WHERE profile_owner IS NOT NULL;
CREATE INDEX euicc_profile_of_owner ON euicc_profile (tenant_id, owner, nid) WHERE owner IS NOT NULL;
