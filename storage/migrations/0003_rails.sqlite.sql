-- SQLite cannot change a check or a NOT NULL: a table is made anew and filled, a column replaced.

CREATE TABLE payment_intent_now (
    id TEXT PRIMARY KEY,
    order_id INTEGER REFERENCES orders (id),
    person_id INTEGER NOT NULL REFERENCES person (id),
    purpose TEXT NOT NULL CHECK (purpose IN ('order', 'tip')),
    rail TEXT NOT NULL DEFAULT 'stars',
    currency TEXT NOT NULL REFERENCES currency (code),
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    created_ms INTEGER NOT NULL,
    authorised_until_ms INTEGER
) STRICT;
INSERT INTO payment_intent_now (id, order_id, person_id, purpose, currency, amount_minor,
    created_ms, authorised_until_ms)
SELECT id, order_id, person_id, purpose, currency, amount_minor, created_ms, authorised_until_ms
FROM payment_intent;
DROP TABLE payment_intent;
ALTER TABLE payment_intent_now RENAME TO payment_intent;
CREATE INDEX payment_intent_of_order ON payment_intent (order_id);

CREATE TABLE payment_now (
    rail TEXT NOT NULL,
    external_id TEXT NOT NULL,
    kind TEXT NOT NULL
        CHECK (kind IN ('in', 'refund', 'chargeback', 'fee', 'out', 'returned')),
    person_id INTEGER REFERENCES person (id),
    currency TEXT NOT NULL REFERENCES currency (code),
    amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
    intent_id TEXT,
    order_id INTEGER REFERENCES orders (id),
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (rail, external_id, kind)
) STRICT;
INSERT INTO payment_now (rail, external_id, kind, person_id, currency, amount_minor, intent_id,
    order_id, at_ms)
SELECT rail, external_id, kind, person_id, currency, amount_minor, intent_id, order_id, at_ms
FROM payment;
DROP TABLE payment;
ALTER TABLE payment_now RENAME TO payment;
CREATE TRIGGER payment_update BEFORE UPDATE ON payment
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER payment_delete BEFORE DELETE ON payment
BEGIN SELECT RAISE(ABORT, 'immutable'); END;

DROP INDEX refund_waits;
ALTER TABLE refund ADD COLUMN state_now TEXT NOT NULL DEFAULT 'pending'
    CHECK (state_now IN ('pending', 'sent', 'failed', 'void'));
UPDATE refund SET state_now = state;
ALTER TABLE refund DROP COLUMN state;
ALTER TABLE refund RENAME COLUMN state_now TO state;
CREATE INDEX refund_waits ON refund (created_ms) WHERE state = 'pending';

DROP INDEX outbox_dead;
ALTER TABLE outbox ADD COLUMN kind_now TEXT NOT NULL DEFAULT 'notice'
    CHECK (kind_now IN ('notice', 'refund', 'fingerprint', 'payout', 'bill'));
UPDATE outbox SET kind_now = kind;
ALTER TABLE outbox DROP COLUMN kind;
ALTER TABLE outbox RENAME COLUMN kind_now TO kind;
CREATE INDEX outbox_dead ON outbox (kind, id) WHERE state = 'dead';

-- A claim is decided once; what was claimed stays as it was typed (the sender may be forgotten).
CREATE TRIGGER claim_update BEFORE UPDATE ON claim
WHEN NEW.id <> OLD.id OR NEW.wallet <> OLD.wallet OR NEW.reference <> OLD.reference
    OR NEW.order_id <> OLD.order_id OR NEW.person_id <> OLD.person_id
    OR NEW.created_ms <> OLD.created_ms OR OLD.decided_ms IS NOT NULL AND (
        NEW.state <> OLD.state OR NEW.seen_minor IS NOT OLD.seen_minor
        OR NEW.seen_by IS NOT OLD.seen_by OR NEW.decided_by IS NOT OLD.decided_by
        OR NEW.decided_ms IS NOT OLD.decided_ms OR NEW.reason <> OLD.reason
    )
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER claim_delete BEFORE DELETE ON claim
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER claim_refusal_update BEFORE UPDATE ON claim_refusal
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER claim_refusal_delete BEFORE DELETE ON claim_refusal
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER category_policy_update BEFORE UPDATE ON category_policy
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER category_policy_delete BEFORE DELETE ON category_policy
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
