-- The clock that all processes on this database share; current also inside a long transaction.
CREATE VIEW database_clock AS SELECT ${now_millis} AS now_millis;

-- Which process may write. Each one that takes over raises the epoch; every write checks that it is its own.
CREATE TABLE master (
  name        VARCHAR(16)   NOT NULL PRIMARY KEY,
  epoch       BIGINT        NOT NULL,
  holder      VARCHAR(200)  NOT NULL,
  renewed_at  BIGINT        NOT NULL
);

-- Given back: a lease that was never renewed is over.
INSERT INTO master (name, epoch, holder, renewed_at) VALUES ('server', 0, 'nobody', 0);
