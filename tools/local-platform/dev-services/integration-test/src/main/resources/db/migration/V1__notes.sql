CREATE TABLE notes (note text NOT NULL);
GRANT SELECT, INSERT ON notes TO provisioning_app;
