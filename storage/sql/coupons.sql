-- name: coupon_add(code, seller_id, gig_id, percent_bp, amount_minor, currency, most_minor, uses_most, from_ms, until_ms, made_by, made_ms)^
INSERT INTO coupon (code, seller_id, gig_id, percent_bp, amount_minor, currency, most_minor,
    uses_most, from_ms, until_ms, made_by, made_ms)
VALUES (:code, :seller_id, :gig_id, :percent_bp, :amount_minor, :currency, :most_minor,
    :uses_most, :from_ms, :until_ms, :made_by, :made_ms)
ON CONFLICT DO NOTHING
RETURNING *;

-- name: coupon_get(id)^
SELECT * FROM coupon WHERE id = :id;

-- name: coupon_find(code, seller_id)^
SELECT * FROM coupon WHERE code = :code AND (seller_id IS NULL OR seller_id = :seller_id)
ORDER BY CASE WHEN stopped_ms IS NULL THEN 0 ELSE 1 END,
    CASE WHEN seller_id IS NULL THEN 0 ELSE 1 END, id DESC
LIMIT 1;

-- name: coupons_of_maker(seller_id, row_limit)
-- 0 stands for the house.
SELECT c.*,
    (SELECT count(*) FROM orders o WHERE o.coupon_id = c.id
        AND (o.was_charged_back = 1 OR o.state NOT IN ('expired', 'cancelled', 'refunded'))
    ) AS uses,
    (SELECT coalesce(sum(o.coupon_minor + o.seller_coupon_minor), 0) FROM orders o
        WHERE o.coupon_id = c.id
        AND (o.was_charged_back = 1 OR o.state NOT IN ('expired', 'cancelled', 'refunded'))
    ) AS given
FROM coupon c
WHERE coalesce(c.seller_id, 0) = :seller_id
ORDER BY c.id DESC
LIMIT :row_limit;

-- name: coupon_uses(coupon_id)$
SELECT count(*) FROM orders WHERE coupon_id = :coupon_id
    AND (was_charged_back = 1 OR state NOT IN ('expired', 'cancelled', 'refunded'));

-- name: coupon_used(coupon_id, buyer_id)$
SELECT count(*) FROM orders WHERE coupon_id = :coupon_id AND buyer_id = :buyer_id
    AND (was_charged_back = 1 OR state NOT IN ('expired', 'cancelled', 'refunded'));

-- name: coupons_promised(currency)$
SELECT coalesce(sum(coupon_minor), 0) FROM orders WHERE currency = :currency
    AND coupon_minor > 0 AND state IN ('awaiting_payment', 'payment_review');

-- name: coupon_stop(id, now_ms)!
UPDATE coupon SET stopped_ms = :now_ms WHERE id = :id AND stopped_ms IS NULL;
