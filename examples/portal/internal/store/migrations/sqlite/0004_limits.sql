-- +goose Up
-- Every filing, those that were refused too: the log, and what the limit counts.
CREATE TABLE portal_filing (
	at      text NOT NULL,
	by_user text NOT NULL,
	side    text NOT NULL,
	org     text NOT NULL,
	account text NOT NULL,
	status  text NOT NULL,
	claim   text NOT NULL
);

CREATE INDEX portal_filing_party ON portal_filing (side, org, at);

-- Attempts to sign in that failed, by account and by address.
CREATE TABLE portal_failure (
	subject text NOT NULL,
	at      text NOT NULL
);

CREATE INDEX portal_failure_subject ON portal_failure (subject, at);
