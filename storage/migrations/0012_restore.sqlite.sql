-- The id of a sending never changes, and words stay as they were said.

CREATE TRIGGER withdrawal_spend_id BEFORE UPDATE OF spend_id ON withdrawal
BEGIN SELECT RAISE(ABORT, 'terms frozen'); END;
CREATE TRIGGER withdrawal_spend_drawn BEFORE INSERT ON withdrawal WHEN NEW.spend_id = ''
BEGIN SELECT RAISE(ABORT, 'no id for the sending'); END;
CREATE TRIGGER payout_word_update BEFORE UPDATE ON payout_word
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER payout_word_delete BEFORE DELETE ON payout_word
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
