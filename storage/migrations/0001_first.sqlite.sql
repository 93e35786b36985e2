-- What SQLite itself refuses. Transfers come before the state, so that escrow can be compared.

CREATE TRIGGER order_begins BEFORE INSERT ON orders
WHEN NEW.state <> 'draft' OR NEW.version <> 0 OR NEW.held_minor <> 0
BEGIN SELECT RAISE(ABORT, 'illegal transition'); END;

CREATE TRIGGER order_moves BEFORE UPDATE OF state, version, last_event ON orders
WHEN NOT EXISTS (
    SELECT 1 FROM order_transition t
    WHERE t.event = NEW.last_event AND t.src = OLD.state AND t.dst = NEW.state
)
BEGIN SELECT RAISE(ABORT, 'illegal transition'); END;

CREATE TRIGGER order_version BEFORE UPDATE OF state, version ON orders
WHEN NEW.version <> OLD.version + 1
BEGIN SELECT RAISE(ABORT, 'version'); END;

CREATE TRIGGER order_terms BEFORE UPDATE OF id, buyer_id, seller_id, gig_id, gig_version_id,
    package_id, currency, price_minor, fee_bp, fee_least_minor, delivery_days, revisions,
    clearing_ms, charge_hold_ms, asks_requirements, created_ms ON orders
WHEN OLD.state <> 'draft'
BEGIN SELECT RAISE(ABORT, 'terms frozen'); END;

CREATE TRIGGER order_stays BEFORE DELETE ON orders
BEGIN SELECT RAISE(ABORT, 'immutable'); END;

CREATE TRIGGER order_escrow AFTER UPDATE OF state, held_minor ON orders
WHEN (SELECT coalesce(sum(credits - debits), 0) FROM account WHERE order_id = NEW.id)
    <> CASE WHEN NEW.state IN
        ('awaiting_requirements', 'in_progress', 'delivered', 'revision_requested')
    THEN NEW.held_minor ELSE 0 END
    OR NEW.state IN
        ('awaiting_requirements', 'in_progress', 'delivered', 'revision_requested')
    AND NEW.held_minor <> NEW.price_minor
BEGIN SELECT RAISE(ABORT, 'escrow differs'); END;

CREATE TRIGGER order_ends AFTER UPDATE OF state ON orders
WHEN NEW.state IN ('cleared', 'cancelled', 'expired')
BEGIN UPDATE account SET closed = 1 WHERE order_id = NEW.id; END;

CREATE TRIGGER order_event_fits BEFORE INSERT ON order_event
WHEN NOT EXISTS (
    SELECT 1 FROM orders o
    WHERE o.id = NEW.order_id AND o.version = NEW.version AND o.state = NEW.dst
)
BEGIN SELECT RAISE(ABORT, 'event differs'); END;

CREATE TRIGGER order_event_update BEFORE UPDATE ON order_event
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER order_event_delete BEFORE DELETE ON order_event
BEGIN SELECT RAISE(ABORT, 'immutable'); END;

CREATE TRIGGER account_begins BEFORE INSERT ON account
WHEN NEW.debits <> 0 OR NEW.credits <> 0 OR NEW.closed <> 0
BEGIN SELECT RAISE(ABORT, 'account totals'); END;

CREATE TRIGGER account_keeps BEFORE UPDATE ON account
WHEN NEW.debits < OLD.debits OR NEW.credits < OLD.credits OR NEW.closed < OLD.closed
    OR NEW.id <> OLD.id OR NEW.currency <> OLD.currency OR NEW.kind <> OLD.kind
    OR NEW.rule <> OLD.rule OR NEW.person_id IS NOT OLD.person_id
    OR NEW.order_id IS NOT OLD.order_id
BEGIN SELECT RAISE(ABORT, 'account totals'); END;

CREATE TRIGGER account_stays BEFORE DELETE ON account
BEGIN SELECT RAISE(ABORT, 'immutable'); END;

CREATE TRIGGER transfer_closed BEFORE INSERT ON transfer
WHEN EXISTS (SELECT 1 FROM account WHERE id IN (NEW.debit, NEW.credit) AND closed = 1)
BEGIN SELECT RAISE(ABORT, 'account closed'); END;

CREATE TRIGGER transfer_apply AFTER INSERT ON transfer
BEGIN
    UPDATE account SET debits = debits + NEW.amount_minor WHERE id = NEW.debit;
    UPDATE account SET credits = credits + NEW.amount_minor WHERE id = NEW.credit;
END;

CREATE TRIGGER transfer_update BEFORE UPDATE ON transfer
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER transfer_delete BEFORE DELETE ON transfer
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER journal_update BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER journal_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER payment_update BEFORE UPDATE ON payment
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER payment_delete BEFORE DELETE ON payment
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER gig_version_update BEFORE UPDATE ON gig_version
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER gig_version_delete BEFORE DELETE ON gig_version
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER package_update BEFORE UPDATE ON package
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER package_delete BEFORE DELETE ON package
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER operator_act_update BEFORE UPDATE ON operator_act
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER operator_act_delete BEFORE DELETE ON operator_act
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
