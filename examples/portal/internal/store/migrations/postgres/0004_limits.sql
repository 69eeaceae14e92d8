-- +goose Up
-- Every filing, those that were refused too: the log, and what the limit counts.
CREATE TABLE portal_filing (
	at      text COLLATE "C" NOT NULL,
	by_user text COLLATE "C" NOT NULL,
	side    text COLLATE "C" NOT NULL,
	org     text COLLATE "C" NOT NULL,
	account text NOT NULL,
	status  text COLLATE "C" NOT NULL,
	claim   text COLLATE "C" NOT NULL
);

CREATE INDEX portal_filing_party ON portal_filing (side, org, at);

ALTER TABLE portal_filing ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY portal_filing_party ON portal_filing
	USING (side || ' ' || org = nullif(current_setting('app.party', true), ''))
	WITH CHECK (side || ' ' || org = nullif(current_setting('app.party', true), ''));

GRANT SELECT, INSERT ON portal_filing TO portal_server;

-- Attempts to sign in that failed, by account and by address.
CREATE TABLE portal_failure (
	subject text COLLATE "C" NOT NULL,
	at      text COLLATE "C" NOT NULL
);

CREATE INDEX portal_failure_subject ON portal_failure (subject, at);

GRANT SELECT, INSERT, DELETE ON portal_failure TO portal_server;
