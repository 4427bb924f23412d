-- What the workers of a task agree that its run used: fuel where its runtime counts it, and milliseconds.
ALTER TABLE result ADD COLUMN fuel BIGINT;
ALTER TABLE result ADD COLUMN run_millis BIGINT;

-- The app of a run that succeeded, for what runs of it use.
ALTER TABLE result ADD COLUMN app ${bytes};

CREATE INDEX result_app ON result (app, stored_at);
