-- Both cards' own words: of the old one that it is without the profile, of the new one that it has enabled it.

ALTER TABLE replacement
    ADD COLUMN successor_evidence bytea;
