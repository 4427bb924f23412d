-- SQLite never kept to these lengths; a signed order or a transaction that was bumped ten times may exceed them.
${on_postgres} ALTER TABLE outbox_action ALTER COLUMN body TYPE TEXT;
${on_postgres} ALTER TABLE market_order ALTER COLUMN body TYPE TEXT;
${on_postgres} ALTER TABLE fact ALTER COLUMN value TYPE TEXT;
