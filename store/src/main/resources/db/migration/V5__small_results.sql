-- Archives of small results are kept here, so that they are stored with one sync; NULL where the archive is a file.
ALTER TABLE result ADD COLUMN archive ${bytes};

CREATE INDEX result_cid ON result (cid);
