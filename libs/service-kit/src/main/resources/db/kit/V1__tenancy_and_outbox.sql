-- The first migration of every service: who may see which rows, and the outbox.
--
-- Flyway runs it as the owner with the placeholders
--   app        the login of the service: sees the rows of the tenant that its transaction names, and no others
--   dispatcher the login that carries the outbox to Kafka: sees all of the outbox and nothing else
--
-- A service's own migrations (V10 and up) end each table of tenants with: CALL tenant_rows('<table>');

CREATE PROCEDURE tenant_rows(protected regclass)
    LANGUAGE plpgsql AS
$$
BEGIN
    -- "Forced" binds the owner too. An unset or empty app.tenant equals no tenant_id, so a forgotten tenant has no rows.
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', protected);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', protected);
    EXECUTE format('ALTER TABLE %s ADD CHECK (tenant_id <> '''')', protected);
    EXECUTE format('CREATE POLICY tenant_rows ON %s USING (tenant_id = current_setting(''app.tenant'', true))'
        || ' WITH CHECK (tenant_id = current_setting(''app.tenant'', true))', protected);
END
$$;

REVOKE ALL ON PROCEDURE tenant_rows(regclass) FROM PUBLIC;

CREATE TABLE outbox
(
    -- Dispatch order. Rows of one key are written under the lock of what the key names, so ids rise in commit order per key.
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id  text        NOT NULL,
    topic      text        NOT NULL,
    partition  int,
    key        text        NOT NULL,
    headers    jsonb       NOT NULL,
    payload    bytea       NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
)
    -- A queue: rows live for milliseconds, so dead ones must go early.
    WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0,
        autovacuum_vacuum_insert_threshold = -1);

CALL tenant_rows('outbox');
CREATE POLICY dispatch ON outbox TO ${dispatcher} USING (true) WITH CHECK (false);

GRANT INSERT ON outbox TO ${app};
GRANT SELECT, DELETE ON outbox TO ${dispatcher};
