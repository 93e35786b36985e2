-- What a provider listed stays as it was seen; only what became of it is written once.

CREATE TRIGGER feed_row_stays BEFORE UPDATE ON feed_row
FOR EACH ROW WHEN (OLD.booked <> '' OR NEW.rail <> OLD.rail OR NEW.external_id <> OLD.external_id
    OR NEW.direction <> OLD.direction OR NEW.kind <> OLD.kind OR NEW.currency <> OLD.currency
    OR NEW.amount_minor <> OLD.amount_minor OR NEW.telegram_id IS DISTINCT FROM OLD.telegram_id
    OR NEW.at_ms <> OLD.at_ms OR NEW.seen_ms <> OLD.seen_ms)
EXECUTE FUNCTION refuse_change();
CREATE TRIGGER feed_row_delete BEFORE DELETE ON feed_row
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER balance_check_stays BEFORE UPDATE OR DELETE ON balance_check
FOR EACH ROW EXECUTE FUNCTION refuse_change();
