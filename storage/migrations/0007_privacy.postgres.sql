-- Evidence may be erased once its order is over, and changed in no other way.

CREATE FUNCTION room_message_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (
    NEW.words = '🗑'
    AND NEW.file_id IS NULL AND NEW.file_unique_id IS NULL AND NEW.kind IS NULL
    AND NEW.name IS NULL AND NEW.size_bytes IS NULL
    AND NEW.chat_id = 0 AND NEW.message_id = 0
    AND NEW.order_id = OLD.order_id AND NEW.number = OLD.number AND NEW.role = OLD.role
    AND NEW.person_id = OLD.person_id AND NEW.is_flagged = OLD.is_flagged AND NEW.at_ms = OLD.at_ms
    AND (SELECT state FROM orders WHERE id = OLD.order_id)
        IN ('cleared', 'cancelled', 'refunded', 'expired')
    ) IS NOT TRUE THEN
        RAISE EXCEPTION 'immutable' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER room_message_stays ON room_message;
CREATE TRIGGER room_message_stays BEFORE UPDATE ON room_message
FOR EACH ROW EXECUTE FUNCTION room_message_erased();
CREATE TRIGGER room_message_delete BEFORE DELETE ON room_message
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE FUNCTION delivery_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (
    NEW.words = '🗑'
    AND NEW.id = OLD.id AND NEW.order_id = OLD.order_id AND NEW.number = OLD.number
    AND NEW.at_ms = OLD.at_ms AND NEW.digest = OLD.digest
    AND (SELECT state FROM orders WHERE id = OLD.order_id)
        IN ('cleared', 'cancelled', 'refunded', 'expired')
    ) IS NOT TRUE THEN
        RAISE EXCEPTION 'immutable' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER delivery_stays ON delivery;
CREATE TRIGGER delivery_stays BEFORE UPDATE ON delivery
FOR EACH ROW EXECUTE FUNCTION delivery_erased();
CREATE TRIGGER delivery_delete BEFORE DELETE ON delivery
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE FUNCTION delivery_file_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (
    OLD.sha256 = '' AND NEW.file_id = OLD.file_id AND NEW.file_unique_id = OLD.file_unique_id
    AND NEW.name = OLD.name AND NEW.delivery_id = OLD.delivery_id AND NEW.number = OLD.number
    AND NEW.kind = OLD.kind AND NEW.size_bytes = OLD.size_bytes
    OR NEW.file_id = '' AND NEW.file_unique_id = '' AND NEW.name = ''
    AND NEW.delivery_id = OLD.delivery_id AND NEW.number = OLD.number AND NEW.kind = OLD.kind
    AND NEW.size_bytes = OLD.size_bytes AND NEW.sha256 = OLD.sha256
    AND (SELECT state FROM orders WHERE id = (SELECT order_id FROM delivery WHERE id = OLD.delivery_id))
        IN ('cleared', 'cancelled', 'refunded', 'expired')
    ) IS NOT TRUE THEN
        RAISE EXCEPTION 'immutable' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER delivery_file_stays ON delivery_file;
CREATE TRIGGER delivery_file_stays BEFORE UPDATE ON delivery_file
FOR EACH ROW EXECUTE FUNCTION delivery_file_erased();

CREATE FUNCTION dispute_statement_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (
    NEW.words = '🗑'
    AND NEW.id = OLD.id AND NEW.order_id = OLD.order_id AND NEW.number = OLD.number
    AND NEW.role = OLD.role AND NEW.at_ms = OLD.at_ms
    AND (SELECT state FROM orders WHERE id = OLD.order_id)
        IN ('cleared', 'cancelled', 'refunded', 'expired')
    ) IS NOT TRUE THEN
        RAISE EXCEPTION 'immutable' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER dispute_statement_stays ON dispute_statement;
CREATE TRIGGER dispute_statement_stays BEFORE UPDATE ON dispute_statement
FOR EACH ROW EXECUTE FUNCTION dispute_statement_erased();
CREATE TRIGGER dispute_statement_delete BEFORE DELETE ON dispute_statement
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE FUNCTION dispute_statement_file_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (
    NEW.file_id = '' AND NEW.file_unique_id = '' AND NEW.name = ''
    AND NEW.statement_id = OLD.statement_id AND NEW.number = OLD.number
    AND NEW.kind = OLD.kind AND NEW.size_bytes = OLD.size_bytes
    AND (SELECT state FROM orders WHERE id = (SELECT order_id FROM dispute_statement WHERE id = OLD.statement_id))
        IN ('cleared', 'cancelled', 'refunded', 'expired')
    ) IS NOT TRUE THEN
        RAISE EXCEPTION 'immutable' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER dispute_statement_file_stays ON dispute_statement_file;
CREATE TRIGGER dispute_statement_file_stays BEFORE UPDATE ON dispute_statement_file
FOR EACH ROW EXECUTE FUNCTION dispute_statement_file_erased();
CREATE TRIGGER dispute_statement_file_delete BEFORE DELETE ON dispute_statement_file
FOR EACH ROW EXECUTE FUNCTION refuse_change();
