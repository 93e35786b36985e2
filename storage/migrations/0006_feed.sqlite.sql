-- What a provider listed stays as it was seen; only what became of it is written once.

CREATE TRIGGER feed_row_update BEFORE UPDATE ON feed_row
WHEN OLD.booked <> '' OR NEW.rail <> OLD.rail OR NEW.external_id <> OLD.external_id
    OR NEW.direction <> OLD.direction OR NEW.kind <> OLD.kind OR NEW.currency <> OLD.currency
    OR NEW.amount_minor <> OLD.amount_minor OR NEW.telegram_id IS NOT OLD.telegram_id
    OR NEW.at_ms <> OLD.at_ms OR NEW.seen_ms <> OLD.seen_ms
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER feed_row_delete BEFORE DELETE ON feed_row
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER balance_check_update BEFORE UPDATE ON balance_check
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER balance_check_delete BEFORE DELETE ON balance_check
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
