-- The guards of withdrawals in PostgreSQL's words.

CREATE FUNCTION withdrawal_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> 'requested' OR NEW.version <> 0 OR NEW.reference <> '' THEN
        RAISE EXCEPTION 'illegal transition' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER withdrawal_begins BEFORE INSERT ON withdrawal
FOR EACH ROW EXECUTE FUNCTION withdrawal_begins();

CREATE FUNCTION withdrawal_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM withdrawal_transition t
        WHERE t.step = NEW.last_step AND t.src = OLD.state AND t.dst = NEW.state)
        OR NEW.version <> OLD.version + 1 THEN
        RAISE EXCEPTION 'illegal transition' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER withdrawal_moves BEFORE UPDATE OF state, version, last_step ON withdrawal
FOR EACH ROW EXECUTE FUNCTION withdrawal_moves();

-- Money moves first: a state that no journal stands behind is refused.
CREATE FUNCTION withdrawal_money() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    stem TEXT := 'wd:' || NEW.id;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM journal WHERE key = stem || ':req')
        OR (NEW.state IN ('paid', 'returned'))
            <> EXISTS (SELECT 1 FROM journal WHERE key = stem || ':paid')
        OR (NEW.state IN ('failed', 'cancelled'))
            <> EXISTS (SELECT 1 FROM journal WHERE key = stem || ':failed')
        OR (NEW.state = 'returned')
            <> EXISTS (SELECT 1 FROM journal WHERE key = stem || ':returned') THEN
        RAISE EXCEPTION 'money differs' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER withdrawal_money AFTER UPDATE OF state ON withdrawal
FOR EACH ROW EXECUTE FUNCTION withdrawal_money();

CREATE TRIGGER withdrawal_terms BEFORE UPDATE OF id, person_id, way, detail_id, source_currency,
    source_minor, currency, amount_minor, fee_minor, rate_micro, rate_ms, needs_approval,
    requested_ms, from_ms ON withdrawal
FOR EACH ROW EXECUTE FUNCTION order_terms();
CREATE TRIGGER withdrawal_stays BEFORE DELETE ON withdrawal
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER withdrawal_event_stays BEFORE UPDATE OR DELETE ON withdrawal_event
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payout_rate_stays BEFORE UPDATE OR DELETE ON payout_rate
FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- An account is retired once; it may be forgotten (sealed becomes empty), never rewritten.
CREATE TRIGGER payout_detail_stays BEFORE UPDATE ON payout_detail
FOR EACH ROW WHEN (NEW.id <> OLD.id OR NEW.person_id <> OLD.person_id OR NEW.way <> OLD.way
    OR NEW.added_ms <> OLD.added_ms OR length(NEW.sealed) > 0 AND NEW.sealed <> OLD.sealed
    OR OLD.retired_ms IS NOT NULL AND NEW.retired_ms IS DISTINCT FROM OLD.retired_ms)
EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payout_detail_delete BEFORE DELETE ON payout_detail
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER withdrawal_whole BEFORE TRUNCATE ON withdrawal
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER withdrawal_event_whole BEFORE TRUNCATE ON withdrawal_event
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
