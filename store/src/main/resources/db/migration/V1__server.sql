-- Plain SQL only. ${bytes} is BLOB on SQLite and BYTEA on PostgreSQL. Amounts of 256 bits are 32 bytes,
-- big-endian, so that byte order is number order. Times are epoch milliseconds.

-- What a pool's engine must know after a restart, in order.
CREATE TABLE journal_fact (
  stream  VARCHAR(64)  NOT NULL,
  seq     BIGINT       NOT NULL,
  body    ${bytes}     NOT NULL,
  PRIMARY KEY (stream, seq)
);

-- Actions of wallets on a chain with the transactions signed for each, saved before they are broadcast.
CREATE TABLE outbox_action (
  chain_id    BIGINT           NOT NULL,
  sender      ${bytes}         NOT NULL,
  action_key  VARCHAR(200)     NOT NULL,
  nonce       BIGINT           NOT NULL,
  is_open     INTEGER          NOT NULL,
  body        VARCHAR(200000)  NOT NULL,
  changed_at  BIGINT           NOT NULL,
  PRIMARY KEY (chain_id, sender, action_key)
);

CREATE INDEX outbox_action_open ON outbox_action (chain_id, sender, is_open, nonce);

-- Signed orders that were published here. The four addresses are the order's own resource, or who it is
-- restricted to; zeros mean anybody.
CREATE TABLE market_order (
  order_hash    ${bytes}        NOT NULL PRIMARY KEY,
  kind          VARCHAR(16)     NOT NULL,
  signer        ${bytes}        NOT NULL,
  app           ${bytes}        NOT NULL,
  dataset       ${bytes}        NOT NULL,
  workerpool    ${bytes}        NOT NULL,
  requester     ${bytes}        NOT NULL,
  price         ${bytes}        NOT NULL,
  volume        BIGINT          NOT NULL,
  remaining     BIGINT          NOT NULL,
  tag           ${bytes}        NOT NULL,
  category      BIGINT          NOT NULL,
  trust         BIGINT          NOT NULL,
  status        VARCHAR(16)     NOT NULL,
  body          VARCHAR(40000)  NOT NULL,
  published_at  BIGINT          NOT NULL
);

CREATE INDEX market_order_book ON market_order (kind, status, price, published_at);
CREATE INDEX market_order_signer ON market_order (signer, kind, status);

-- Which stored archive answers a task.
CREATE TABLE result (
  task_id     ${bytes}      NOT NULL PRIMARY KEY,
  cid         VARCHAR(128)  NOT NULL,
  digest      ${bytes}      NOT NULL,
  size_bytes  BIGINT        NOT NULL,
  stored_at   BIGINT        NOT NULL
);

-- Files that owners published, for quotas.
CREATE TABLE published_file (
  owner       ${bytes}      NOT NULL,
  cid         VARCHAR(128)  NOT NULL,
  size_bytes  BIGINT        NOT NULL,
  stored_at   BIGINT        NOT NULL,
  PRIMARY KEY (owner, cid)
);

-- The newest blocks that a follower has handed on, with their hashes so that a reorg is noticed.
CREATE TABLE chain_cursor (
  name        VARCHAR(64)  NOT NULL,
  block       BIGINT       NOT NULL,
  block_hash  ${bytes}     NOT NULL,
  PRIMARY KEY (name, block)
);

-- Small facts that a process must recognise again: which chain and hub it belongs to.
CREATE TABLE fact (
  name   VARCHAR(64)    NOT NULL PRIMARY KEY,
  value  VARCHAR(1000)  NOT NULL
);
