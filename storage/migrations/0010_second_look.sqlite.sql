-- What was proposed stays as it was; it ends once.

CREATE TRIGGER money_proposal_update BEFORE UPDATE ON money_proposal
WHEN NEW.id <> OLD.id OR NEW.rail <> OLD.rail OR NEW.charge_id IS NOT OLD.charge_id
    OR NEW.currency <> OLD.currency OR NEW.amount_minor <> OLD.amount_minor
    OR NEW.proposed_by <> OLD.proposed_by OR NEW.proposed_ms <> OLD.proposed_ms
    OR OLD.state <> 'waiting'
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER money_proposal_delete BEFORE DELETE ON money_proposal
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
