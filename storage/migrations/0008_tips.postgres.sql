-- A tip is paid once and ends once; who gives how much to whom stays as it was offered.
CREATE TRIGGER tip_begins BEFORE INSERT ON tip
FOR EACH ROW WHEN (NEW.state <> 'offered') EXECUTE FUNCTION refuse_change();
CREATE TRIGGER tip_stays BEFORE UPDATE ON tip
FOR EACH ROW WHEN (NEW.id <> OLD.id OR NEW.order_id <> OLD.order_id
    OR NEW.buyer_id <> OLD.buyer_id OR NEW.seller_id <> OLD.seller_id
    OR NEW.currency <> OLD.currency OR NEW.amount_minor <> OLD.amount_minor
    OR NEW.intent_id <> OLD.intent_id OR NEW.offered_ms <> OLD.offered_ms
    OR OLD.state || '>' || NEW.state NOT IN
        ('offered>paid', 'paid>cleared', 'paid>taken_back', 'cleared>taken_back')
    OR OLD.charge_id IS NOT NULL AND (NEW.rail <> OLD.rail OR NEW.charge_id <> OLD.charge_id
        OR NEW.paid_ms <> OLD.paid_ms OR NEW.clear_at_ms <> OLD.clear_at_ms))
EXECUTE FUNCTION refuse_change();
CREATE TRIGGER tip_delete BEFORE DELETE ON tip
FOR EACH ROW EXECUTE FUNCTION refuse_change();
