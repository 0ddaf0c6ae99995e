-- Group mode. Policies and grants of the tables hold for new columns too; a process of the version before writes none of them,
-- and what it makes is an operation in single mode and a group of the first epoch.
ALTER TABLE operation
    ADD COLUMN mode                   text   NOT NULL DEFAULT 'single' CHECK (mode IN ('single', 'group')),
    -- What was ordered beside the function; absent for an operation that a spokesman began.
    ADD COLUMN canary                 int,
    ADD COLUMN stop_at_failed_percent int,
    ADD COLUMN answer_window_seconds  bigint,
    -- What provisioning told last, absent before; of the campaign's events only a higher sequence changes it.
    ADD COLUMN campaign_state         text,
    ADD COLUMN campaign_triggers      bigint NOT NULL DEFAULT 0,
    ADD COLUMN campaign_commands      bigint NOT NULL DEFAULT 0,
    ADD COLUMN campaign_sequence      bigint NOT NULL DEFAULT 0,
    -- What an operator asked last: pause, resume or cancel. Absent again when the campaign stopped by itself since.
    ADD COLUMN steering               text CHECK (steering IN ('pause', 'resume', 'cancel'));

-- The step that brought the command to the card: B1 or C1.
ALTER TABLE operation_member
    ADD COLUMN commanded_by text;

-- How many of the cards in this state had a command of their own, B1: in group mode those that were repaired.
ALTER TABLE operation_count
    ADD COLUMN commanded_singly bigint NOT NULL DEFAULT 0;

-- Rises when members are removed for security: a card that keeps a configuration of an older epoch obeys nothing any more.
ALTER TABLE card_group
    ADD COLUMN epoch int NOT NULL DEFAULT 1;

ALTER TABLE membership
    -- Whether the device may ask for the whole group.
    ADD COLUMN spokesman  boolean NOT NULL DEFAULT false,
    -- The group's epoch when the membership ended. While the group still has it, the card may still have a configuration
    -- that is obeyed, and can be removed for security.
    ADD COLUMN left_epoch int;
