-- POL2 of the profile as the SM-SR has told it last, a JSON array in the form of the EIS; null until it has: then it is as it
-- was registered. Text and not jsonb, so that it is compared as it was written. A process of the version before writes none.
ALTER TABLE euicc_profile
    ADD COLUMN pol2 text;
