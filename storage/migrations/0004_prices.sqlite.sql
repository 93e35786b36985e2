-- The guards know the new columns.

DROP TRIGGER order_terms;
CREATE TRIGGER order_terms BEFORE UPDATE OF id, buyer_id, seller_id, gig_id, gig_version_id,
    package_id, currency, price_minor, fee_bp, fee_least_minor, delivery_days, revisions,
    clearing_ms, charge_hold_ms, asks_requirements, created_ms, seller_coupon_minor, coupon_minor,
    buyer_fee_minor, coupon_id, from_credit_minor, from_earned_minor ON orders
WHEN OLD.state <> 'draft'
BEGIN SELECT RAISE(ABORT, 'terms frozen'); END;

DROP TRIGGER order_escrow;
CREATE TRIGGER order_escrow AFTER UPDATE OF state, held_minor ON orders
WHEN (SELECT coalesce(sum(credits - debits), 0) FROM account WHERE order_id = NEW.id)
    <> CASE WHEN NEW.state IN
        ('awaiting_requirements', 'in_progress', 'delivered', 'revision_requested', 'disputed')
    THEN NEW.held_minor ELSE 0 END
    OR NEW.state IN
        ('awaiting_requirements', 'in_progress', 'delivered', 'revision_requested', 'disputed')
    AND NEW.held_minor <> NEW.price_minor + NEW.buyer_fee_minor
BEGIN SELECT RAISE(ABORT, 'escrow differs'); END;

-- A coupon may be stopped, once; nothing else of it changes.
CREATE TRIGGER coupon_update BEFORE UPDATE ON coupon
WHEN OLD.stopped_ms IS NOT NULL OR NEW.stopped_ms IS NULL OR NEW.id <> OLD.id
    OR NEW.code <> OLD.code OR NEW.seller_id IS NOT OLD.seller_id
    OR NEW.gig_id IS NOT OLD.gig_id OR NEW.percent_bp IS NOT OLD.percent_bp
    OR NEW.amount_minor IS NOT OLD.amount_minor OR NEW.currency IS NOT OLD.currency
    OR NEW.most_minor IS NOT OLD.most_minor OR NEW.uses_most IS NOT OLD.uses_most
    OR NEW.from_ms <> OLD.from_ms OR NEW.until_ms <> OLD.until_ms
    OR NEW.made_by <> OLD.made_by OR NEW.made_ms <> OLD.made_ms
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER coupon_delete BEFORE DELETE ON coupon
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
