-- PostgreSQL changes checks in place; the guards are SQLite's.

ALTER TABLE payment_intent ALTER COLUMN order_id DROP NOT NULL;
ALTER TABLE payment_intent ADD COLUMN rail TEXT NOT NULL DEFAULT 'stars';
ALTER TABLE payment_intent ADD CONSTRAINT payment_intent_purpose_check
    CHECK (purpose IN ('order', 'tip'));

ALTER TABLE payment ALTER COLUMN person_id DROP NOT NULL;
ALTER TABLE payment DROP CONSTRAINT payment_kind_check;
ALTER TABLE payment ADD CONSTRAINT payment_kind_check
    CHECK (kind IN ('in', 'refund', 'chargeback', 'fee', 'out', 'returned'));

ALTER TABLE refund DROP CONSTRAINT refund_state_check;
ALTER TABLE refund ADD CONSTRAINT refund_state_check
    CHECK (state IN ('pending', 'sent', 'failed', 'void'));

ALTER TABLE outbox DROP CONSTRAINT outbox_kind_check;
ALTER TABLE outbox ADD CONSTRAINT outbox_kind_check
    CHECK (kind IN ('notice', 'refund', 'fingerprint', 'payout', 'bill'));

-- A claim is decided once; what was claimed stays as it was typed (the sender may be forgotten).
CREATE TRIGGER claim_stays BEFORE UPDATE ON claim
FOR EACH ROW WHEN (NEW.id <> OLD.id OR NEW.wallet <> OLD.wallet OR NEW.reference <> OLD.reference
    OR NEW.order_id <> OLD.order_id OR NEW.person_id <> OLD.person_id
    OR NEW.created_ms <> OLD.created_ms OR OLD.decided_ms IS NOT NULL AND (
        NEW.state <> OLD.state OR NEW.seen_minor IS DISTINCT FROM OLD.seen_minor
        OR NEW.seen_by IS DISTINCT FROM OLD.seen_by
        OR NEW.decided_by IS DISTINCT FROM OLD.decided_by
        OR NEW.decided_ms IS DISTINCT FROM OLD.decided_ms OR NEW.reason <> OLD.reason))
EXECUTE FUNCTION refuse_change();
CREATE TRIGGER claim_delete BEFORE DELETE ON claim
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER claim_refusal_stays BEFORE UPDATE OR DELETE ON claim_refusal
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER category_policy_stays BEFORE UPDATE OR DELETE ON category_policy
FOR EACH ROW EXECUTE FUNCTION refuse_change();
