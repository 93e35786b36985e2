-- The id of a sending never changes, and words stay as they were said.

CREATE TRIGGER withdrawal_spend_id BEFORE UPDATE OF spend_id ON withdrawal
FOR EACH ROW EXECUTE FUNCTION order_terms();
ALTER TABLE withdrawal ADD CONSTRAINT withdrawal_spend_drawn CHECK (spend_id <> '');
CREATE TRIGGER payout_word_stays BEFORE UPDATE OR DELETE ON payout_word
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payout_word_whole BEFORE TRUNCATE ON payout_word
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
