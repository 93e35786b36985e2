-- What was proposed stays as it was; it ends once.

CREATE TRIGGER money_proposal_stays BEFORE UPDATE ON money_proposal
FOR EACH ROW WHEN (NEW.id <> OLD.id OR NEW.rail <> OLD.rail
    OR NEW.charge_id IS DISTINCT FROM OLD.charge_id
    OR NEW.currency <> OLD.currency OR NEW.amount_minor <> OLD.amount_minor
    OR NEW.proposed_by <> OLD.proposed_by OR NEW.proposed_ms <> OLD.proposed_ms
    OR OLD.state <> 'waiting')
EXECUTE FUNCTION refuse_change();
CREATE TRIGGER money_proposal_delete BEFORE DELETE ON money_proposal
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER money_proposal_whole BEFORE TRUNCATE ON money_proposal
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
