-- Certificates (PEM) of the authorities that may name a tenant's devices. The table's policy and grants hold for the new
-- column too, and a process of the version before leaves it alone.
ALTER TABLE tenant
    ADD COLUMN device_trust_anchors text[] NOT NULL DEFAULT '{}';
