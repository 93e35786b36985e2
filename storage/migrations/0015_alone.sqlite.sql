-- What was let go was let go, and what was proposed stays as it was.

CREATE TRIGGER let_go_update BEFORE UPDATE ON let_go
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER let_go_delete BEFORE DELETE ON let_go
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER money_proposal_gift BEFORE UPDATE OF given_to, why ON money_proposal
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
