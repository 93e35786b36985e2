-- Evidence may be erased once its order is over, and changed in no other way.

DROP TRIGGER room_message_update;
CREATE TRIGGER room_message_update BEFORE UPDATE ON room_message
WHEN (
    NEW.words = '🗑'
    AND NEW.file_id IS NULL AND NEW.file_unique_id IS NULL AND NEW.kind IS NULL
    AND NEW.name IS NULL AND NEW.size_bytes IS NULL
    AND NEW.chat_id = 0 AND NEW.message_id = 0
    AND NEW.order_id = OLD.order_id AND NEW.number = OLD.number AND NEW.role = OLD.role
    AND NEW.person_id = OLD.person_id AND NEW.is_flagged = OLD.is_flagged AND NEW.at_ms = OLD.at_ms
    AND (SELECT state FROM orders WHERE id = OLD.order_id)
        IN ('cleared', 'cancelled', 'refunded', 'expired')
) IS NOT TRUE
BEGIN SELECT RAISE(ABORT, 'immutable'); END;

DROP TRIGGER delivery_update;
CREATE TRIGGER delivery_update BEFORE UPDATE ON delivery
WHEN (
    NEW.words = '🗑'
    AND NEW.id = OLD.id AND NEW.order_id = OLD.order_id AND NEW.number = OLD.number
    AND NEW.at_ms = OLD.at_ms AND NEW.digest = OLD.digest
    AND (SELECT state FROM orders WHERE id = OLD.order_id)
        IN ('cleared', 'cancelled', 'refunded', 'expired')
) IS NOT TRUE
BEGIN SELECT RAISE(ABORT, 'immutable'); END;

DROP TRIGGER delivery_file_update;
CREATE TRIGGER delivery_file_update BEFORE UPDATE ON delivery_file
WHEN (
    OLD.sha256 = '' AND NEW.file_id = OLD.file_id AND NEW.file_unique_id = OLD.file_unique_id
    AND NEW.name = OLD.name AND NEW.delivery_id = OLD.delivery_id AND NEW.number = OLD.number
    AND NEW.kind = OLD.kind AND NEW.size_bytes = OLD.size_bytes
    OR NEW.file_id = '' AND NEW.file_unique_id = '' AND NEW.name = ''
    AND NEW.delivery_id = OLD.delivery_id AND NEW.number = OLD.number AND NEW.kind = OLD.kind
    AND NEW.size_bytes = OLD.size_bytes AND NEW.sha256 = OLD.sha256
    AND (SELECT state FROM orders WHERE id = (SELECT order_id FROM delivery WHERE id = OLD.delivery_id))
        IN ('cleared', 'cancelled', 'refunded', 'expired')
) IS NOT TRUE
BEGIN SELECT RAISE(ABORT, 'immutable'); END;

DROP TRIGGER dispute_statement_update;
CREATE TRIGGER dispute_statement_update BEFORE UPDATE ON dispute_statement
WHEN (
    NEW.words = '🗑'
    AND NEW.id = OLD.id AND NEW.order_id = OLD.order_id AND NEW.number = OLD.number
    AND NEW.role = OLD.role AND NEW.at_ms = OLD.at_ms
    AND (SELECT state FROM orders WHERE id = OLD.order_id)
        IN ('cleared', 'cancelled', 'refunded', 'expired')
) IS NOT TRUE
BEGIN SELECT RAISE(ABORT, 'immutable'); END;

DROP TRIGGER dispute_statement_file_update;
CREATE TRIGGER dispute_statement_file_update BEFORE UPDATE ON dispute_statement_file
WHEN (
    NEW.file_id = '' AND NEW.file_unique_id = '' AND NEW.name = ''
    AND NEW.statement_id = OLD.statement_id AND NEW.number = OLD.number
    AND NEW.kind = OLD.kind AND NEW.size_bytes = OLD.size_bytes
    AND (SELECT state FROM orders WHERE id = (SELECT order_id FROM dispute_statement WHERE id = OLD.statement_id))
        IN ('cleared', 'cancelled', 'refunded', 'expired')
) IS NOT TRUE
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
