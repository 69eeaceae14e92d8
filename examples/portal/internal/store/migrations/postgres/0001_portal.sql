-- +goose Up
-- Policies wall off companies that take no part in a deal; the views wall the two sides of a deal. The party that asks
-- is in app.party, set for one transaction; without it there are no rows. FORCE binds the owner, too: a migration that
-- changes rows names a party, or lifts it for its transaction.
CREATE TABLE portal_user (
	id       text    COLLATE "C" PRIMARY KEY,
	email    text    COLLATE "C" NOT NULL UNIQUE,
	name     text    COLLATE "C" NOT NULL,
	side     text    COLLATE "C" NOT NULL,
	org      text    COLLATE "C" NOT NULL,
	rep      text    COLLATE "C" NOT NULL,
	approver boolean NOT NULL,
	zone     text    COLLATE "C" NOT NULL,
	hash     text    COLLATE "C" NOT NULL
);

GRANT SELECT, INSERT ON portal_user TO portal_server;

CREATE TABLE portal_session (
	token  text  COLLATE "C" PRIMARY KEY,
	data   bytea NOT NULL,
	expiry text  COLLATE "C" NOT NULL
);

GRANT SELECT, INSERT, UPDATE, DELETE ON portal_session TO portal_server;

-- A deal as it was opened, and who takes part in it now. What happened since is in portal_event.
CREATE TABLE portal_deal (
	id      text    COLLATE "C" PRIMARY KEY,
	version integer NOT NULL,
	opened  text    COLLATE "C" NOT NULL,
	claim   text    COLLATE "C" NOT NULL UNIQUE,
	parties jsonb   NOT NULL,
	facts   text    NOT NULL
);

ALTER TABLE portal_deal ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY portal_deal_party ON portal_deal
	USING (jsonb_exists(parties, nullif(current_setting('app.party', true), '')))
	WITH CHECK (jsonb_exists(parties, nullif(current_setting('app.party', true), '')));

GRANT SELECT, INSERT, UPDATE (version, parties) ON portal_deal TO portal_server;

-- Who takes part in which deal, with what their lists search and sort by: an index for each order. A party adds rows to
-- deals of its own alone, so that nobody puts themselves into another one.
CREATE TABLE portal_party (
	side     text    COLLATE "C" NOT NULL,
	org      text    COLLATE "C" NOT NULL,
	deal     text    COLLATE "C" NOT NULL REFERENCES portal_deal (id),
	opened   text    COLLATE "C" NOT NULL,
	account  text    COLLATE "C" NOT NULL,
	model    text    COLLATE "C" NOT NULL,
	position integer NOT NULL,
	last     text    COLLATE "C" NOT NULL,
	PRIMARY KEY (side, org, deal)
);

CREATE INDEX portal_party_deal ON portal_party (deal);

CREATE INDEX portal_party_opened ON portal_party (side, org, opened, deal);

CREATE INDEX portal_party_account ON portal_party (side, org, account, deal);

CREATE INDEX portal_party_model ON portal_party (side, org, model, account, deal);

CREATE INDEX portal_party_position ON portal_party (side, org, position, account, deal);

CREATE INDEX portal_party_last ON portal_party (side, org, last, account, deal);

ALTER TABLE portal_party ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY portal_party_party ON portal_party
	USING (side || ' ' || org = nullif(current_setting('app.party', true), '')
		OR EXISTS (SELECT FROM portal_deal d WHERE d.id = portal_party.deal))
	WITH CHECK (EXISTS (SELECT FROM portal_deal d WHERE d.id = portal_party.deal));

GRANT SELECT, INSERT, DELETE ON portal_party TO portal_server;

CREATE TABLE portal_event (
	deal    text    COLLATE "C" NOT NULL REFERENCES portal_deal (id),
	version integer NOT NULL,
	at      text    COLLATE "C" NOT NULL,
	by_user text    COLLATE "C" NOT NULL,
	book    text    COLLATE "C" NOT NULL,
	change  text    NOT NULL,
	answers text    NOT NULL,
	PRIMARY KEY (deal, version)
);

ALTER TABLE portal_event ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY portal_event_party ON portal_event
	USING (EXISTS (SELECT FROM portal_deal d WHERE d.id = portal_event.deal))
	WITH CHECK (EXISTS (SELECT FROM portal_deal d WHERE d.id = portal_event.deal));

GRANT SELECT, INSERT ON portal_event TO portal_server;

CREATE TABLE portal_activity (
	deal    text    COLLATE "C" NOT NULL REFERENCES portal_deal (id),
	id      text    COLLATE "C" NOT NULL,
	version integer NOT NULL,
	change  text    NOT NULL,
	PRIMARY KEY (deal, id)
);

ALTER TABLE portal_activity ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY portal_activity_party ON portal_activity
	USING (EXISTS (SELECT FROM portal_deal d WHERE d.id = portal_activity.deal))
	WITH CHECK (EXISTS (SELECT FROM portal_deal d WHERE d.id = portal_activity.deal));

GRANT SELECT, INSERT ON portal_activity TO portal_server;

-- +goose StatementBegin
CREATE FUNCTION portal_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'events are only added';
END
$$;
-- +goose StatementEnd

CREATE TRIGGER portal_event_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON portal_event
	EXECUTE FUNCTION portal_stays();
