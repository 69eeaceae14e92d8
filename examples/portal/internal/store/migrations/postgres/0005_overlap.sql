-- +goose Up
-- A list of target accounts that waits until the other company releases its own.
CREATE TABLE portal_waiting (
	vendor   text COLLATE "C" NOT NULL,
	partner  text COLLATE "C" NOT NULL,
	side     text COLLATE "C" NOT NULL,
	accounts text NOT NULL,
	PRIMARY KEY (vendor, partner, side)
);

ALTER TABLE portal_waiting ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY portal_waiting_party ON portal_waiting
	USING (nullif(current_setting('app.party', true), '') IN ('vendor ' || vendor, 'partner ' || partner))
	WITH CHECK (nullif(current_setting('app.party', true), '') IN ('vendor ' || vendor, 'partner ' || partner));

GRANT SELECT, INSERT, UPDATE, DELETE ON portal_waiting TO portal_server;

-- Who released a list, and when: three a month.
CREATE TABLE portal_release (
	vendor  text    COLLATE "C" NOT NULL,
	partner text    COLLATE "C" NOT NULL,
	side    text    COLLATE "C" NOT NULL,
	at      text    COLLATE "C" NOT NULL,
	by_user text    COLLATE "C" NOT NULL,
	rows    integer NOT NULL
);

CREATE INDEX portal_release_of ON portal_release (vendor, partner, side, at);

ALTER TABLE portal_release ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY portal_release_party ON portal_release
	USING (nullif(current_setting('app.party', true), '') IN ('vendor ' || vendor, 'partner ' || partner))
	WITH CHECK (nullif(current_setting('app.party', true), '') IN ('vendor ' || vendor, 'partner ' || partner));

GRANT SELECT, INSERT ON portal_release TO portal_server;

-- What two lists have in common; of the lists nothing else is kept.
CREATE TABLE portal_overlap (
	vendor  text COLLATE "C" NOT NULL,
	partner text COLLATE "C" NOT NULL,
	at      text COLLATE "C" NOT NULL,
	common  text NOT NULL,
	PRIMARY KEY (vendor, partner)
);

ALTER TABLE portal_overlap ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY portal_overlap_party ON portal_overlap
	USING (nullif(current_setting('app.party', true), '') IN ('vendor ' || vendor, 'partner ' || partner))
	WITH CHECK (nullif(current_setting('app.party', true), '') IN ('vendor ' || vendor, 'partner ' || partner));

GRANT SELECT, INSERT, UPDATE ON portal_overlap TO portal_server;
