-- The guards of withdrawals in SQLite's words.

CREATE TRIGGER withdrawal_begins BEFORE INSERT ON withdrawal
WHEN NEW.state <> 'requested' OR NEW.version <> 0 OR NEW.reference <> ''
BEGIN SELECT RAISE(ABORT, 'illegal transition'); END;

CREATE TRIGGER withdrawal_moves BEFORE UPDATE OF state, version, last_step ON withdrawal
WHEN NOT EXISTS (SELECT 1 FROM withdrawal_transition t
        WHERE t.step = NEW.last_step AND t.src = OLD.state AND t.dst = NEW.state)
    OR NEW.version <> OLD.version + 1
BEGIN SELECT RAISE(ABORT, 'illegal transition'); END;

-- Money moves first: a state that no journal stands behind is refused.
CREATE TRIGGER withdrawal_money AFTER UPDATE OF state ON withdrawal
WHEN NOT EXISTS (SELECT 1 FROM journal WHERE key = 'wd:' || NEW.id || ':req')
    OR (NEW.state IN ('paid', 'returned'))
        <> EXISTS (SELECT 1 FROM journal WHERE key = 'wd:' || NEW.id || ':paid')
    OR (NEW.state IN ('failed', 'cancelled'))
        <> EXISTS (SELECT 1 FROM journal WHERE key = 'wd:' || NEW.id || ':failed')
    OR (NEW.state = 'returned')
        <> EXISTS (SELECT 1 FROM journal WHERE key = 'wd:' || NEW.id || ':returned')
BEGIN SELECT RAISE(ABORT, 'money differs'); END;

CREATE TRIGGER withdrawal_terms BEFORE UPDATE OF id, person_id, way, detail_id, source_currency,
    source_minor, currency, amount_minor, fee_minor, rate_micro, rate_ms, needs_approval,
    requested_ms, from_ms ON withdrawal
BEGIN SELECT RAISE(ABORT, 'terms frozen'); END;
CREATE TRIGGER withdrawal_delete BEFORE DELETE ON withdrawal
BEGIN SELECT RAISE(ABORT, 'immutable'); END;

CREATE TRIGGER withdrawal_event_update BEFORE UPDATE ON withdrawal_event
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER withdrawal_event_delete BEFORE DELETE ON withdrawal_event
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER payout_rate_update BEFORE UPDATE ON payout_rate
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER payout_rate_delete BEFORE DELETE ON payout_rate
BEGIN SELECT RAISE(ABORT, 'immutable'); END;

-- An account is retired once; it may be forgotten (sealed becomes empty), never rewritten.
CREATE TRIGGER payout_detail_update BEFORE UPDATE ON payout_detail
WHEN NEW.id <> OLD.id OR NEW.person_id <> OLD.person_id OR NEW.way <> OLD.way
    OR NEW.added_ms <> OLD.added_ms OR length(NEW.sealed) > 0 AND NEW.sealed <> OLD.sealed
    OR OLD.retired_ms IS NOT NULL AND NEW.retired_ms IS NOT OLD.retired_ms
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER payout_detail_delete BEFORE DELETE ON payout_detail
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
