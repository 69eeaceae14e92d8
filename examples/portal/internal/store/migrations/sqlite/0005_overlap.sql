-- +goose Up
-- A list of target accounts that waits until the other company releases its own.
CREATE TABLE portal_waiting (
	vendor   text NOT NULL,
	partner  text NOT NULL,
	side     text NOT NULL,
	accounts text NOT NULL,
	PRIMARY KEY (vendor, partner, side)
);

-- Who released a list, and when: three a month.
CREATE TABLE portal_release (
	vendor  text    NOT NULL,
	partner text    NOT NULL,
	side    text    NOT NULL,
	at      text    NOT NULL,
	by_user text    NOT NULL,
	rows    integer NOT NULL
);

CREATE INDEX portal_release_of ON portal_release (vendor, partner, side, at);

-- What two lists have in common; of the lists nothing else is kept.
CREATE TABLE portal_overlap (
	vendor  text NOT NULL,
	partner text NOT NULL,
	at      text NOT NULL,
	common  text NOT NULL,
	PRIMARY KEY (vendor, partner)
);
