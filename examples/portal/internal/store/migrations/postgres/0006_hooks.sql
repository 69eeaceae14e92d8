-- +goose Up
-- A system of a company that says by webhooks that something happened to a deal there. Nobody has signed in when a
-- webhook comes, so that policies cover only what was fetched of a deal.
CREATE TABLE portal_source (
	id   text COLLATE "C" PRIMARY KEY,
	side text COLLATE "C" NOT NULL,
	org  text COLLATE "C" NOT NULL,
	name text COLLATE "C" NOT NULL,
	UNIQUE (side, org, name)
);

GRANT SELECT, INSERT ON portal_source TO portal_server;

-- The secrets with which it signs. What signs can also check, so that they are stored as they are.
CREATE TABLE portal_secret (
	id      text COLLATE "C" PRIMARY KEY,
	source  text COLLATE "C" NOT NULL REFERENCES portal_source (id),
	at      text COLLATE "C" NOT NULL,
	by_user text COLLATE "C" NOT NULL,
	secret  text COLLATE "C" NOT NULL
);

CREATE INDEX portal_secret_source ON portal_secret (source, at);

GRANT SELECT, INSERT, DELETE ON portal_secret TO portal_server;

-- The webhooks of the last weeks: the SHA-256 of each body, and what was answered.
CREATE TABLE portal_hook (
	source  text COLLATE "C" NOT NULL REFERENCES portal_source (id),
	id      text COLLATE "C" NOT NULL,
	at      text COLLATE "C" NOT NULL,
	body    text COLLATE "C" NOT NULL,
	receipt text COLLATE "C" NOT NULL,
	PRIMARY KEY (source, id)
);

CREATE INDEX portal_hook_at ON portal_hook (at);

GRANT SELECT, INSERT, DELETE ON portal_hook TO portal_server;

-- Deals to fetch from a source: how many events marked them, how often it was tried, and when it is due again.
CREATE TABLE portal_fetch (
	source text    COLLATE "C" NOT NULL REFERENCES portal_source (id),
	deal   text    COLLATE "C" NOT NULL REFERENCES portal_deal (id),
	marks  integer NOT NULL,
	tries  integer NOT NULL,
	due    text    COLLATE "C" NOT NULL,
	PRIMARY KEY (source, deal)
);

CREATE INDEX portal_fetch_due ON portal_fetch (due);

GRANT SELECT, INSERT, UPDATE, DELETE ON portal_fetch TO portal_server;

-- What was fetched and stored, by the ids of the source: each once.
CREATE TABLE portal_fetched (
	source text COLLATE "C" NOT NULL REFERENCES portal_source (id),
	deal   text COLLATE "C" NOT NULL REFERENCES portal_deal (id),
	item   text COLLATE "C" NOT NULL,
	at     text COLLATE "C" NOT NULL,
	PRIMARY KEY (source, deal, item)
);

ALTER TABLE portal_fetched ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY portal_fetched_party ON portal_fetched
	USING (EXISTS (SELECT FROM portal_deal d WHERE d.id = portal_fetched.deal))
	WITH CHECK (EXISTS (SELECT FROM portal_deal d WHERE d.id = portal_fetched.deal));

GRANT SELECT, INSERT ON portal_fetched TO portal_server;
