-- name: gig_add(seller_id, category, now_ms)$
INSERT INTO gig (seller_id, state, category, version, created_ms)
VALUES (:seller_id, 'active', :category, 1, :now_ms)
RETURNING id;

-- name: gig_version_add(gig_id, version, category, title, description, now_ms)$
INSERT INTO gig_version (gig_id, version, category, title, description, published_ms)
VALUES (:gig_id, :version, :category, :title, :description, :now_ms)
RETURNING id;

-- name: package_add(gig_version_id, currency, price_minor, delivery_days, revisions)$
INSERT INTO package (gig_version_id, name, currency, price_minor, delivery_days, revisions)
VALUES (:gig_version_id, 'basic', :currency, :price_minor, :delivery_days, :revisions)
RETURNING id;

-- name: question_add(gig_version_id, question)!
INSERT INTO requirement_question (gig_version_id, number, question)
VALUES (:gig_version_id, 1, :question);

-- name: media_add(gig_version_id, file_id, file_unique_id, kind, name, size_bytes)!
INSERT INTO gig_media (gig_version_id, number, file_id, file_unique_id, kind, name, size_bytes)
VALUES (:gig_version_id, 1, :file_id, :file_unique_id, :kind, :name, :size_bytes);

-- name: gig_get(id)^
SELECT * FROM gig_published WHERE id = :id AND version = newest;

-- name: gig_at_version(version_id)^
SELECT * FROM gig_published WHERE version_id = :version_id;

-- name: gig_set_state(id, state)$
UPDATE gig SET state = :state WHERE id = :id RETURNING id;

-- name: gig_set_version(id, seen, version, category)$
UPDATE gig SET version = :version, category = :category WHERE id = :id AND version = :seen
RETURNING id;

-- name: gigs_of_seller(seller_id, row_limit)
SELECT * FROM gig_published WHERE seller_id = :seller_id AND version = newest
ORDER BY id DESC LIMIT :row_limit;

-- name: shelves()
SELECT category, count(*) AS gigs FROM gig WHERE state = 'active' GROUP BY category
ORDER BY category;

-- name: browse_older(category, cursor_id, row_limit, now_ms)
-- The rows after a gig of the shelf, newest first.
SELECT g.*, s.sealed,
    (SELECT count(*) FROM orders o WHERE o.seller_id = g.seller_id
        AND o.state IN ('completed', 'cleared')) AS completed,
    (SELECT count(*) FROM review r JOIN orders o ON o.id = r.order_id
        AND o.seller_id = r.subject_id WHERE r.subject_id = g.seller_id
        AND r.visible_from_ms <= :now_ms AND r.removed_reason = '') AS reviews,
    (SELECT coalesce(sum(r.stars), 0) FROM review r JOIN orders o ON o.id = r.order_id
        AND o.seller_id = r.subject_id WHERE r.subject_id = g.seller_id
        AND r.visible_from_ms <= :now_ms AND r.removed_reason = '') AS stars
FROM (
    SELECT id FROM gig WHERE state = 'active' AND category = :category AND id < :cursor_id
    ORDER BY id DESC LIMIT :row_limit
) shelf
JOIN gig_published g ON g.id = shelf.id AND g.version = g.newest
LEFT JOIN person_private s ON s.person_id = g.seller_id
ORDER BY g.id DESC;

-- name: browse_newer(category, cursor_id, row_limit, now_ms)
-- The rows before a gig of the shelf, nearest first.
SELECT g.*, s.sealed,
    (SELECT count(*) FROM orders o WHERE o.seller_id = g.seller_id
        AND o.state IN ('completed', 'cleared')) AS completed,
    (SELECT count(*) FROM review r JOIN orders o ON o.id = r.order_id
        AND o.seller_id = r.subject_id WHERE r.subject_id = g.seller_id
        AND r.visible_from_ms <= :now_ms AND r.removed_reason = '') AS reviews,
    (SELECT coalesce(sum(r.stars), 0) FROM review r JOIN orders o ON o.id = r.order_id
        AND o.seller_id = r.subject_id WHERE r.subject_id = g.seller_id
        AND r.visible_from_ms <= :now_ms AND r.removed_reason = '') AS stars
FROM (
    SELECT id FROM gig WHERE state = 'active' AND category = :category AND id > :cursor_id
    ORDER BY id LIMIT :row_limit
) shelf
JOIN gig_published g ON g.id = shelf.id AND g.version = g.newest
LEFT JOIN person_private s ON s.person_id = g.seller_id
ORDER BY g.id;

-- name: shelf_has_newer(category, gig_id)$
SELECT count(*) FROM (SELECT 1 FROM gig
    WHERE state = 'active' AND category = :category AND id > :gig_id LIMIT 1) beyond;

-- name: shelf_has_older(category, gig_id)$
SELECT count(*) FROM (SELECT 1 FROM gig
    WHERE state = 'active' AND category = :category AND id < :gig_id LIMIT 1) beyond;

-- name: rating(seller_id, now_ms)^
SELECT
    (SELECT count(*) FROM orders WHERE orders.seller_id = :seller_id
        AND state IN ('completed', 'cleared')) AS completed,
    count(*) AS reviews,
    coalesce(sum(r.stars), 0) AS stars,
    count(CASE WHEN r.quality > 0 THEN 1 END) AS marked,
    coalesce(sum(r.quality), 0) AS quality,
    coalesce(sum(r.communication), 0) AS communication,
    coalesce(sum(r.value), 0) AS value_marks
FROM review r
JOIN orders o ON o.id = r.order_id AND o.seller_id = r.subject_id
WHERE r.subject_id = :seller_id AND r.visible_from_ms <= :now_ms AND r.removed_reason = '';
