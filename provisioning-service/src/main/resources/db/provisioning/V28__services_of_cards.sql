-- What profiles may demand of a card, which is part of the environment that a replacement asks for.

ALTER TABLE card_platform
    -- Names from ServicesList, separated by commas; null: the EIS does not tell.
    ADD COLUMN profile_services text;
