-- What was let go was let go, and what was proposed stays as it was.

CREATE TRIGGER let_go_stays BEFORE UPDATE OR DELETE ON let_go
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER let_go_whole BEFORE TRUNCATE ON let_go
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER money_proposal_gift BEFORE UPDATE OF given_to, why ON money_proposal
FOR EACH ROW EXECUTE FUNCTION refuse_change();
