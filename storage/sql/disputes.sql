-- name: statement_add(order_id, role, words, at_ms)^
INSERT INTO dispute_statement (order_id, number, role, words, at_ms)
VALUES (:order_id,
    (SELECT 1 + coalesce(max(number), 0) FROM dispute_statement WHERE order_id = :order_id),
    :role, :words, :at_ms)
RETURNING id, number;

-- name: statement_file_add(owner_id, number, file_id, file_unique_id, kind, name, size_bytes)*!
INSERT INTO dispute_statement_file (statement_id, number, file_id, file_unique_id, kind, name,
    size_bytes)
VALUES (:owner_id, :number, :file_id, :file_unique_id, :kind, :name, :size_bytes);

-- name: statements(order_id)
-- One row per file; a statement without files has one row of nulls.
SELECT s.id, s.number, s.role, s.words, s.at_ms, f.file_id, f.file_unique_id, f.kind, f.name,
    f.size_bytes
FROM dispute_statement s
LEFT JOIN dispute_statement_file f ON f.statement_id = s.id
WHERE s.order_id = :order_id
ORDER BY s.number, f.number;

-- name: proposal_keep(order_id, minor, reason, operator_id, at_ms)!
INSERT INTO verdict_proposal (order_id, minor, reason, operator_id, at_ms)
VALUES (:order_id, :minor, :reason, :operator_id, :at_ms)
ON CONFLICT (order_id) DO UPDATE SET minor = excluded.minor, reason = excluded.reason,
    operator_id = excluded.operator_id, at_ms = excluded.at_ms;

-- name: proposal_get(order_id)^
SELECT * FROM verdict_proposal WHERE order_id = :order_id;

-- name: proposal_drop(order_id)!
DELETE FROM verdict_proposal WHERE order_id = :order_id;
