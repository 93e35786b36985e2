-- PostgreSQL changes checks and functions in place; the guards are SQLite's.

ALTER TABLE orders DROP CONSTRAINT orders_outcome_check;
ALTER TABLE orders ADD CONSTRAINT orders_outcome_check
    CHECK (outcome IN ('accepted', 'auto', 'released', 'split'));
ALTER TABLE outbox DROP CONSTRAINT outbox_kind_check;
ALTER TABLE outbox ADD CONSTRAINT outbox_kind_check
    CHECK (kind IN ('notice', 'refund', 'fingerprint'));
ALTER TABLE gig DROP CONSTRAINT gig_state_check;
ALTER TABLE gig ADD CONSTRAINT gig_state_check CHECK (state IN ('active', 'paused', 'taken_down'));

CREATE OR REPLACE FUNCTION check_escrow(of_order BIGINT) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    one orders%ROWTYPE;
    funded BOOLEAN;
    escrow NUMERIC;
BEGIN
    SELECT * INTO one FROM orders WHERE id = of_order;
    funded := one.state IN
        ('awaiting_requirements', 'in_progress', 'delivered', 'revision_requested', 'disputed');
    SELECT coalesce(sum(credits - debits), 0) INTO escrow FROM account WHERE order_id = of_order;
    IF funded AND (escrow <> one.held_minor OR one.held_minor <> one.price_minor)
        OR NOT funded AND escrow <> 0 THEN
        RAISE EXCEPTION 'escrow differs' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
END $$;

DROP TRIGGER order_ends ON orders;
CREATE TRIGGER order_ends AFTER UPDATE OF state ON orders
FOR EACH ROW WHEN (NEW.state IN ('cleared', 'cancelled', 'refunded', 'expired'))
EXECUTE FUNCTION order_ends();

CREATE TRIGGER delivery_stays BEFORE UPDATE OR DELETE ON delivery
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER delivery_file_stays BEFORE UPDATE ON delivery_file
FOR EACH ROW WHEN (OLD.sha256 <> '' OR NEW.delivery_id <> OLD.delivery_id
    OR NEW.number <> OLD.number OR NEW.file_id <> OLD.file_id
    OR NEW.file_unique_id <> OLD.file_unique_id OR NEW.kind <> OLD.kind OR NEW.name <> OLD.name
    OR NEW.size_bytes <> OLD.size_bytes)
EXECUTE FUNCTION refuse_change();
CREATE TRIGGER delivery_file_delete BEFORE DELETE ON delivery_file
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER dispute_statement_stays BEFORE UPDATE OR DELETE ON dispute_statement
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER dispute_statement_file_stays BEFORE UPDATE OR DELETE ON dispute_statement_file
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER room_message_stays BEFORE UPDATE OR DELETE ON room_message
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER standing_change_stays BEFORE UPDATE OR DELETE ON standing_change
FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- A report is settled once; what was reported stays as it was said.
CREATE TRIGGER report_stays BEFORE UPDATE ON report
FOR EACH ROW WHEN (OLD.closed_ms IS NOT NULL OR NEW.closed_ms IS NULL OR NEW.id <> OLD.id
    OR NEW.subject <> OLD.subject OR NEW.about_id <> OLD.about_id
    OR NEW.order_id IS DISTINCT FROM OLD.order_id
    OR NEW.reporter_id IS DISTINCT FROM OLD.reporter_id
    OR NEW.person_id IS DISTINCT FROM OLD.person_id OR NEW.words <> OLD.words
    OR NEW.at_ms <> OLD.at_ms)
EXECUTE FUNCTION refuse_change();
CREATE TRIGGER report_delete BEFORE DELETE ON report
FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- A review may be shown earlier, answered once and removed once.
CREATE TRIGGER review_stays BEFORE UPDATE ON review
FOR EACH ROW WHEN (NEW.order_id <> OLD.order_id OR NEW.author_id <> OLD.author_id
    OR NEW.subject_id <> OLD.subject_id OR NEW.role <> OLD.role OR NEW.stars <> OLD.stars
    OR NEW.quality <> OLD.quality OR NEW.communication <> OLD.communication
    OR NEW.value <> OLD.value OR NEW.words <> OLD.words OR NEW.written_ms <> OLD.written_ms
    OR NEW.visible_from_ms > OLD.visible_from_ms
    OR OLD.reply <> ''
        AND (NEW.reply <> OLD.reply OR NEW.replied_ms IS DISTINCT FROM OLD.replied_ms)
    OR OLD.removed_reason <> '' AND NEW.removed_reason <> OLD.removed_reason)
EXECUTE FUNCTION refuse_change();
CREATE TRIGGER review_delete BEFORE DELETE ON review
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER delivery_whole BEFORE TRUNCATE ON delivery
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER dispute_statement_whole BEFORE TRUNCATE ON dispute_statement
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER room_message_whole BEFORE TRUNCATE ON room_message
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER standing_change_whole BEFORE TRUNCATE ON standing_change
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
