-- name: stuck_rows(inbox_ms, outbox_ms, sending_ms, claim_ms, decide_ms, feed_ms, wallet_ms, hand_ms, sweep_ms, gone_ms, now_ms, periods, row_limit)
-- What `stuck` counts, row by row; `number` is of the row that a button leads to.
SELECT 'inbox' AS kind, id AS number, '' AS name, coalesce(error, '') AS why,
    received_ms AS since_ms
FROM inbox WHERE state = 'new' AND received_ms <= :inbox_ms
UNION ALL
SELECT 'outbox', id, coalesce(notice, kind), coalesce(error, ''), created_ms
FROM outbox WHERE state = 'queued' AND created_ms <= :outbox_ms
UNION ALL
SELECT 'sending', w.id, w.way, coalesce(o.error, ''), w.moved_ms
FROM withdrawal w LEFT JOIN outbox o ON o.key = 'payout:' || w.spend_id
WHERE w.state IN ('requested', 'approved', 'sending') AND w.state = 'sending'
    AND w.moved_ms <= :sending_ms
UNION ALL
SELECT 'claims', id, '', '', entered_ms
FROM orders WHERE state = 'payment_review' AND entered_ms <= :claim_ms
UNION ALL
SELECT 'disputes', id, '', '', entered_ms
FROM orders WHERE state = 'disputed' AND dispute_decide_by_ms <= :decide_ms
UNION ALL
SELECT 'feed', NULL, external_id, error, seen_ms
FROM feed_row WHERE booked = '' AND seen_ms <= :feed_ms
UNION ALL
SELECT 'wallets', NULL, substr(a.id, 8, length(a.id) - 8 - length(a.currency)), '', NULL
FROM account a
WHERE a.kind <> 'liability' AND a.id LIKE 'A:prov:manual:%' AND a.debits > 0 AND NOT EXISTS (
    SELECT 1 FROM balance_check c
    WHERE c.rail = substr(a.id, 8, length(a.id) - 8 - length(a.currency))
        AND c.currency = a.currency AND c.at_ms > :wallet_ms
)
UNION ALL
SELECT 'hand_refunds', c.id, r.rail, '', r.created_ms
FROM refund r
JOIN claim c ON r.rail = 'manual:' || c.wallet AND r.charge_id = c.reference
    AND c.state <> 'rejected'
WHERE r.state = 'pending' AND r.created_ms <= :hand_ms
UNION ALL
SELECT 'sweeps', NULL, name, coalesce(error, ''), open_ms
FROM sweep_run
WHERE open_ms <= :sweep_ms AND open_ms + :periods * every_ms <= :now_ms AND started_ms > :gone_ms
ORDER BY 5, 1, 2 LIMIT :row_limit;
