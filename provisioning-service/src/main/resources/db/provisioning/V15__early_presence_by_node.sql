-- A node's next boot voids also what it has said of devices whose cards were not here yet.
CREATE INDEX early_presence_node ON early_presence (node);
CREATE POLICY dispatch ON early_presence FOR SELECT TO ${dispatcher} USING (true);
GRANT SELECT (tenant_id, node) ON early_presence TO ${dispatcher};
