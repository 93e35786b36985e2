-- What the program of schema 0014 added: a draw that waits, a refund by hand that two agreed to, an
-- alarm that nobody has read, what an owner said of a sending.
INSERT INTO money_proposal (rail, charge_id, currency, amount_minor, proposed_by, proposed_ms) VALUES ('manual:bkash', NULL, 'BDT', 1500000, 4, 1796000000000);
INSERT INTO money_proposal (rail, charge_id, currency, amount_minor, proposed_by, proposed_ms) VALUES ('manual:bkash', 'AAAA555555', 'BDT', 123651, 4, 1796000000000);
UPDATE money_proposal SET state = 'confirmed', ended_by = 5, ended_ms = 1796000000001 WHERE id = 2;
INSERT INTO alarm_kept (key, facts, at_ms) VALUES ('alarm:short::', '{"what": "short", "about": "", "detail": "5 XTR"}', 1796000000000);
INSERT INTO payout_word (withdrawal_id, reference, reason, said_by, said_ms) VALUES (7, '', 'It was refused.', 4, 1796000000000);
