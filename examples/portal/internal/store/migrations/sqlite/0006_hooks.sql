-- +goose Up
-- A system of a company that says by webhooks that something happened to a deal there.
CREATE TABLE portal_source (
	id   text PRIMARY KEY,
	side text NOT NULL,
	org  text NOT NULL,
	name text NOT NULL,
	UNIQUE (side, org, name)
);

-- The secrets with which it signs. What signs can also check, so that they are stored as they are.
CREATE TABLE portal_secret (
	id      text PRIMARY KEY,
	source  text NOT NULL REFERENCES portal_source (id),
	at      text NOT NULL,
	by_user text NOT NULL,
	secret  text NOT NULL
);

CREATE INDEX portal_secret_source ON portal_secret (source, at);

-- The webhooks of the last weeks: the SHA-256 of each body, and what was answered.
CREATE TABLE portal_hook (
	source  text NOT NULL REFERENCES portal_source (id),
	id      text NOT NULL,
	at      text NOT NULL,
	body    text NOT NULL,
	receipt text NOT NULL,
	PRIMARY KEY (source, id)
);

CREATE INDEX portal_hook_at ON portal_hook (at);

-- Deals to fetch from a source: how many events marked them, how often it was tried, and when it is due again.
CREATE TABLE portal_fetch (
	source text    NOT NULL REFERENCES portal_source (id),
	deal   text    NOT NULL REFERENCES portal_deal (id),
	marks  integer NOT NULL,
	tries  integer NOT NULL,
	due    text    NOT NULL,
	PRIMARY KEY (source, deal)
);

CREATE INDEX portal_fetch_due ON portal_fetch (due);

-- What was fetched and stored, by the ids of the source: each once.
CREATE TABLE portal_fetched (
	source text NOT NULL REFERENCES portal_source (id),
	deal   text NOT NULL REFERENCES portal_deal (id),
	item   text NOT NULL,
	at     text NOT NULL,
	PRIMARY KEY (source, deal, item)
);
