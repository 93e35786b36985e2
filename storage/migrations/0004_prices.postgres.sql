-- The guards know the new columns.

DROP TRIGGER order_terms ON orders;
CREATE TRIGGER order_terms BEFORE UPDATE OF id, buyer_id, seller_id, gig_id, gig_version_id,
    package_id, currency, price_minor, fee_bp, fee_least_minor, delivery_days, revisions,
    clearing_ms, charge_hold_ms, asks_requirements, created_ms, seller_coupon_minor, coupon_minor,
    buyer_fee_minor, coupon_id, from_credit_minor, from_earned_minor ON orders
FOR EACH ROW WHEN (OLD.state <> 'draft') EXECUTE FUNCTION order_terms();

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
    IF funded AND (escrow <> one.held_minor
            OR one.held_minor <> one.price_minor + one.buyer_fee_minor)
        OR NOT funded AND escrow <> 0 THEN
        RAISE EXCEPTION 'escrow differs' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
END $$;

-- A coupon may be stopped, once; nothing else of it changes.
CREATE TRIGGER coupon_stays BEFORE UPDATE ON coupon
FOR EACH ROW WHEN (OLD.stopped_ms IS NOT NULL OR NEW.stopped_ms IS NULL OR NEW.id <> OLD.id
    OR NEW.code <> OLD.code OR NEW.seller_id IS DISTINCT FROM OLD.seller_id
    OR NEW.gig_id IS DISTINCT FROM OLD.gig_id OR NEW.percent_bp IS DISTINCT FROM OLD.percent_bp
    OR NEW.amount_minor IS DISTINCT FROM OLD.amount_minor
    OR NEW.currency IS DISTINCT FROM OLD.currency
    OR NEW.most_minor IS DISTINCT FROM OLD.most_minor
    OR NEW.uses_most IS DISTINCT FROM OLD.uses_most
    OR NEW.from_ms <> OLD.from_ms OR NEW.until_ms <> OLD.until_ms
    OR NEW.made_by <> OLD.made_by OR NEW.made_ms <> OLD.made_ms)
EXECUTE FUNCTION refuse_change();
CREATE TRIGGER coupon_delete BEFORE DELETE ON coupon
FOR EACH ROW EXECUTE FUNCTION refuse_change();
