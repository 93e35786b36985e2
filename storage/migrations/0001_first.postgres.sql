-- What PostgreSQL itself refuses: the same guards as SQLite's, and two that SQLite cannot have:
-- account rows change inside a trigger only, and escrow is compared when the transaction commits.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'immutable' USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION order_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> 'draft' OR NEW.version <> 0 OR NEW.held_minor <> 0 THEN
        RAISE EXCEPTION 'illegal transition' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER order_begins BEFORE INSERT ON orders
FOR EACH ROW EXECUTE FUNCTION order_begins();

CREATE FUNCTION order_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM order_transition t
        WHERE t.event = NEW.last_event AND t.src = OLD.state AND t.dst = NEW.state) THEN
        RAISE EXCEPTION 'illegal transition' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.version <> OLD.version + 1 THEN
        RAISE EXCEPTION 'version' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER order_moves BEFORE UPDATE OF state, version, last_event ON orders
FOR EACH ROW EXECUTE FUNCTION order_moves();

CREATE FUNCTION order_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'terms frozen' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER order_terms BEFORE UPDATE OF id, buyer_id, seller_id, gig_id, gig_version_id,
    package_id, currency, price_minor, fee_bp, fee_least_minor, delivery_days, revisions,
    clearing_ms, charge_hold_ms, asks_requirements, created_ms ON orders
FOR EACH ROW WHEN (OLD.state <> 'draft') EXECUTE FUNCTION order_terms();

CREATE TRIGGER order_stays BEFORE DELETE ON orders
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE FUNCTION check_escrow(of_order BIGINT) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    one orders%ROWTYPE;
    funded BOOLEAN;
    escrow NUMERIC;
BEGIN
    SELECT * INTO one FROM orders WHERE id = of_order;
    funded := one.state IN
        ('awaiting_requirements', 'in_progress', 'delivered', 'revision_requested');
    SELECT coalesce(sum(credits - debits), 0) INTO escrow FROM account WHERE order_id = of_order;
    IF funded AND (escrow <> one.held_minor OR one.held_minor <> one.price_minor)
        OR NOT funded AND escrow <> 0 THEN
        RAISE EXCEPTION 'escrow differs' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
END $$;

CREATE FUNCTION order_escrow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM check_escrow(NEW.id);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER order_escrow AFTER UPDATE OF state, held_minor ON orders
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION order_escrow();

CREATE FUNCTION transfer_escrow() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched BIGINT;
BEGIN
    FOR touched IN SELECT DISTINCT a.order_id FROM account a
        WHERE a.id IN (NEW.debit, NEW.credit) AND a.order_id IS NOT NULL LOOP
        PERFORM check_escrow(touched);
    END LOOP;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER transfer_escrow AFTER INSERT ON transfer
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (NEW.debit LIKE 'L:escrow:%' OR NEW.credit LIKE 'L:escrow:%')
EXECUTE FUNCTION transfer_escrow();

CREATE FUNCTION order_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE account SET closed = 1 WHERE order_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER order_ends AFTER UPDATE OF state ON orders
FOR EACH ROW WHEN (NEW.state IN ('cleared', 'cancelled', 'expired'))
EXECUTE FUNCTION order_ends();

CREATE FUNCTION order_event_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = NEW.order_id
        AND o.version = NEW.version AND o.state = NEW.dst) THEN
        RAISE EXCEPTION 'event differs' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER order_event_fits BEFORE INSERT ON order_event
FOR EACH ROW EXECUTE FUNCTION order_event_fits();

CREATE FUNCTION account_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.debits <> 0 OR NEW.credits <> 0 OR NEW.closed <> 0 THEN
        RAISE EXCEPTION 'account totals' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER account_begins BEFORE INSERT ON account
FOR EACH ROW EXECUTE FUNCTION account_begins();

CREATE FUNCTION account_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 OR NEW.debits < OLD.debits OR NEW.credits < OLD.credits
        OR NEW.closed < OLD.closed OR NEW.id <> OLD.id OR NEW.currency <> OLD.currency
        OR NEW.kind <> OLD.kind OR NEW.rule <> OLD.rule
        OR NEW.person_id IS DISTINCT FROM OLD.person_id
        OR NEW.order_id IS DISTINCT FROM OLD.order_id THEN
        RAISE EXCEPTION 'account totals' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER account_keeps BEFORE UPDATE ON account
FOR EACH ROW EXECUTE FUNCTION account_keeps();

-- One lock order for every pair of accounts, so that rival commands wait and do not deadlock.
CREATE FUNCTION transfer_apply() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM account WHERE id IN (NEW.debit, NEW.credit) ORDER BY id FOR NO KEY UPDATE;
    IF EXISTS (SELECT 1 FROM account WHERE id IN (NEW.debit, NEW.credit) AND closed = 1) THEN
        RAISE EXCEPTION 'account closed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    UPDATE account SET debits = debits + NEW.amount_minor WHERE id = NEW.debit;
    UPDATE account SET credits = credits + NEW.amount_minor WHERE id = NEW.credit;
    RETURN NULL;
END $$;
CREATE TRIGGER transfer_apply AFTER INSERT ON transfer
FOR EACH ROW EXECUTE FUNCTION transfer_apply();

CREATE TRIGGER order_event_stays BEFORE UPDATE OR DELETE ON order_event
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER account_stays BEFORE DELETE ON account
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER transfer_stays BEFORE UPDATE OR DELETE ON transfer
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_stays BEFORE UPDATE OR DELETE ON journal
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payment_stays BEFORE UPDATE OR DELETE ON payment
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER gig_version_stays BEFORE UPDATE OR DELETE ON gig_version
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER package_stays BEFORE UPDATE OR DELETE ON package
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER operator_act_stays BEFORE UPDATE OR DELETE ON operator_act
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER order_event_whole BEFORE TRUNCATE ON order_event
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER transfer_whole BEFORE TRUNCATE ON transfer
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_whole BEFORE TRUNCATE ON journal
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER operator_act_whole BEFORE TRUNCATE ON operator_act
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
