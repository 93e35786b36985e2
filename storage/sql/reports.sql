-- name: report_add(subject, about_id, order_id, reporter_id, words, at_ms)$
-- Whom it concerns is told by what it is about; wishes (to reopen an order, to look at a gig again)
-- concern nobody.
INSERT INTO report (subject, about_id, order_id, reporter_id, person_id, words, at_ms)
VALUES (:subject, :about_id, :order_id, :reporter_id,
    CASE
        WHEN :subject IN ('gig', 'first_gig') THEN
            (SELECT g.seller_id FROM gig g WHERE g.id = :about_id)
        WHEN :subject = 'room' THEN
            (SELECT CASE WHEN o.buyer_id = :reporter_id THEN o.seller_id ELSE o.buyer_id END
                FROM orders o WHERE o.id = :order_id)
        WHEN :subject IN ('reopen', 'gig_again') THEN NULL
        ELSE :about_id
    END,
    :words, :at_ms)
ON CONFLICT DO NOTHING
RETURNING id;

-- name: report_get(id)^
SELECT * FROM report WHERE id = :id;

-- name: reports_open(subject, row_limit)
SELECT * FROM report WHERE subject = :subject AND closed_ms IS NULL
ORDER BY id LIMIT :row_limit;

-- name: report_close(id, operator_id, answer, now_ms)$
UPDATE report SET closed_ms = :now_ms, closed_by = :operator_id, answer = :answer
WHERE id = :id AND closed_ms IS NULL
RETURNING id;

-- name: reports_about(person_id, row_limit)
SELECT * FROM report WHERE person_id = :person_id ORDER BY id DESC LIMIT :row_limit;

-- name: standing_add(person_id, standing, reason, until_ms, operator_id, at_ms)!
INSERT INTO standing_change (person_id, standing, reason, until_ms, operator_id, at_ms)
VALUES (:person_id, :standing, :reason, :until_ms, :operator_id, :at_ms);

-- name: standings(person_id)
SELECT * FROM standing_change WHERE person_id = :person_id ORDER BY id DESC;

-- name: pauses_over(now_ms, row_limit)
-- The last change counts: whoever was paused anew waits for the newer end.
SELECT p.id FROM person p
JOIN standing_change c ON c.id = (
    SELECT max(s.id) FROM standing_change s WHERE s.person_id = p.id
)
WHERE p.standing = 'paused' AND c.until_ms <= :now_ms
ORDER BY c.until_ms, p.id LIMIT :row_limit;

-- name: acts(from_ms, until_ms, row_limit)
SELECT operator_id, act, detail, at_ms FROM operator_act
WHERE at_ms >= :from_ms AND at_ms < :until_ms
ORDER BY at_ms DESC, id DESC LIMIT :row_limit;

-- name: absence_add(person_id, from_ms, until_ms, declared_ms)$
INSERT INTO absence (person_id, from_ms, until_ms, declared_ms)
VALUES (:person_id, :from_ms, :until_ms, :declared_ms)
RETURNING id;

-- name: absences_of(person_id, after_ms)
SELECT * FROM absence WHERE person_id = :person_id AND until_ms > :after_ms
ORDER BY from_ms, id;

-- name: absence_forget(id, at_ms)!
DELETE FROM absence WHERE id = :id AND from_ms >= :at_ms;

-- name: absence_end(id, at_ms)!
UPDATE absence SET until_ms = :at_ms
WHERE id = :id AND from_ms < :at_ms AND until_ms > :at_ms;
