-- An invoice names the hold of its order that it fills. An order has one hold until milestones come.
ALTER TABLE payment_intent ADD COLUMN hold BIGINT NOT NULL DEFAULT 1 CHECK (hold >= 1);
