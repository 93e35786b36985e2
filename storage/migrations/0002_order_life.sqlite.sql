-- SQLite cannot change a column's own check: the column is made anew, filled and renamed. What names
-- the old column (indexes, a view) steps aside meanwhile.

ALTER TABLE orders ADD COLUMN outcome_now TEXT
    CHECK (outcome_now IN ('accepted', 'auto', 'released', 'split'));
UPDATE orders SET outcome_now = outcome;
ALTER TABLE orders DROP COLUMN outcome;
ALTER TABLE orders RENAME COLUMN outcome_now TO outcome;

DROP INDEX outbox_dead;
ALTER TABLE outbox ADD COLUMN kind_now TEXT NOT NULL DEFAULT 'notice'
    CHECK (kind_now IN ('notice', 'refund', 'fingerprint'));
UPDATE outbox SET kind_now = kind;
ALTER TABLE outbox DROP COLUMN kind;
ALTER TABLE outbox RENAME COLUMN kind_now TO kind;
CREATE INDEX outbox_dead ON outbox (kind, id) WHERE state = 'dead';

DROP VIEW gig_published;
DROP INDEX gig_shelf;
ALTER TABLE gig ADD COLUMN state_now TEXT NOT NULL DEFAULT 'active'
    CHECK (state_now IN ('active', 'paused', 'taken_down'));
UPDATE gig SET state_now = state;
ALTER TABLE gig DROP COLUMN state;
ALTER TABLE gig RENAME COLUMN state_now TO state;
CREATE INDEX gig_shelf ON gig (category, id DESC) WHERE state = 'active';
CREATE VIEW gig_published AS
SELECT g.id, v.id AS version_id, v.version, g.version AS newest, p.id AS package_id, g.seller_id,
    g.state, v.category, v.title, v.description, p.currency, p.price_minor, p.delivery_days,
    p.revisions, q.question, v.published_ms, m.file_id, m.file_unique_id, m.kind, m.name,
    m.size_bytes
FROM gig_version v
JOIN gig g ON g.id = v.gig_id
JOIN package p ON p.gig_version_id = v.id AND p.name = 'basic'
LEFT JOIN requirement_question q ON q.gig_version_id = v.id AND q.number = 1
LEFT JOIN gig_media m ON m.gig_version_id = v.id AND m.number = 1;

DROP TRIGGER order_escrow;
CREATE TRIGGER order_escrow AFTER UPDATE OF state, held_minor ON orders
WHEN (SELECT coalesce(sum(credits - debits), 0) FROM account WHERE order_id = NEW.id)
    <> CASE WHEN NEW.state IN
        ('awaiting_requirements', 'in_progress', 'delivered', 'revision_requested', 'disputed')
    THEN NEW.held_minor ELSE 0 END
    OR NEW.state IN
        ('awaiting_requirements', 'in_progress', 'delivered', 'revision_requested', 'disputed')
    AND NEW.held_minor <> NEW.price_minor
BEGIN SELECT RAISE(ABORT, 'escrow differs'); END;

DROP TRIGGER order_ends;
CREATE TRIGGER order_ends AFTER UPDATE OF state ON orders
WHEN NEW.state IN ('cleared', 'cancelled', 'refunded', 'expired')
BEGIN UPDATE account SET closed = 1 WHERE order_id = NEW.id; END;

CREATE TRIGGER delivery_update BEFORE UPDATE ON delivery
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER delivery_delete BEFORE DELETE ON delivery
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER delivery_file_update BEFORE UPDATE ON delivery_file
WHEN OLD.sha256 <> '' OR NEW.delivery_id <> OLD.delivery_id OR NEW.number <> OLD.number
    OR NEW.file_id <> OLD.file_id OR NEW.file_unique_id <> OLD.file_unique_id
    OR NEW.kind <> OLD.kind OR NEW.name <> OLD.name OR NEW.size_bytes <> OLD.size_bytes
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER delivery_file_delete BEFORE DELETE ON delivery_file
BEGIN SELECT RAISE(ABORT, 'immutable'); END;

CREATE TRIGGER dispute_statement_update BEFORE UPDATE ON dispute_statement
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER dispute_statement_delete BEFORE DELETE ON dispute_statement
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER dispute_statement_file_update BEFORE UPDATE ON dispute_statement_file
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER dispute_statement_file_delete BEFORE DELETE ON dispute_statement_file
BEGIN SELECT RAISE(ABORT, 'immutable'); END;

CREATE TRIGGER room_message_update BEFORE UPDATE ON room_message
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER room_message_delete BEFORE DELETE ON room_message
BEGIN SELECT RAISE(ABORT, 'immutable'); END;

CREATE TRIGGER standing_change_update BEFORE UPDATE ON standing_change
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER standing_change_delete BEFORE DELETE ON standing_change
BEGIN SELECT RAISE(ABORT, 'immutable'); END;

-- A report is settled once; what was reported stays as it was said.
CREATE TRIGGER report_update BEFORE UPDATE ON report
WHEN OLD.closed_ms IS NOT NULL OR NEW.closed_ms IS NULL OR NEW.id <> OLD.id
    OR NEW.subject <> OLD.subject OR NEW.about_id <> OLD.about_id
    OR NEW.order_id IS NOT OLD.order_id OR NEW.reporter_id IS NOT OLD.reporter_id
    OR NEW.person_id IS NOT OLD.person_id OR NEW.words <> OLD.words OR NEW.at_ms <> OLD.at_ms
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER report_delete BEFORE DELETE ON report
BEGIN SELECT RAISE(ABORT, 'immutable'); END;

-- A review may be shown earlier, answered once and removed once.
CREATE TRIGGER review_update BEFORE UPDATE ON review
WHEN NEW.order_id <> OLD.order_id OR NEW.author_id <> OLD.author_id
    OR NEW.subject_id <> OLD.subject_id OR NEW.role <> OLD.role OR NEW.stars <> OLD.stars
    OR NEW.quality <> OLD.quality OR NEW.communication <> OLD.communication
    OR NEW.value <> OLD.value OR NEW.words <> OLD.words OR NEW.written_ms <> OLD.written_ms
    OR NEW.visible_from_ms > OLD.visible_from_ms
    OR OLD.reply <> ''
        AND (NEW.reply <> OLD.reply OR NEW.replied_ms IS NOT OLD.replied_ms)
    OR OLD.removed_reason <> '' AND NEW.removed_reason <> OLD.removed_reason
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER review_delete BEFORE DELETE ON review
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
