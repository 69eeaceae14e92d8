-- +goose Up
CREATE TABLE portal_user (
	id       text    PRIMARY KEY,
	email    text    NOT NULL UNIQUE,
	name     text    NOT NULL,
	side     text    NOT NULL,
	org      text    NOT NULL,
	rep      text    NOT NULL,
	approver boolean NOT NULL,
	zone     text    NOT NULL,
	hash     text    NOT NULL
);

CREATE TABLE portal_session (
	token  text PRIMARY KEY,
	data   blob NOT NULL,
	expiry text NOT NULL
);

-- A deal as it was opened, and who takes part in it now. What happened since is in portal_event.
CREATE TABLE portal_deal (
	id      text    PRIMARY KEY,
	version integer NOT NULL,
	opened  text    NOT NULL,
	claim   text    NOT NULL UNIQUE,
	parties text    NOT NULL,
	facts   text    NOT NULL
);

-- Who takes part in which deal, with what their lists search and sort by: an index for each order.
CREATE TABLE portal_party (
	side     text    NOT NULL,
	org      text    NOT NULL,
	deal     text    NOT NULL REFERENCES portal_deal (id),
	opened   text    NOT NULL,
	account  text    NOT NULL,
	model    text    NOT NULL,
	position integer NOT NULL,
	last     text    NOT NULL,
	PRIMARY KEY (side, org, deal)
);

CREATE INDEX portal_party_opened ON portal_party (side, org, opened, deal);

CREATE INDEX portal_party_account ON portal_party (side, org, account, deal);

CREATE INDEX portal_party_model ON portal_party (side, org, model, account, deal);

CREATE INDEX portal_party_position ON portal_party (side, org, position, account, deal);

CREATE INDEX portal_party_last ON portal_party (side, org, last, account, deal);

CREATE TABLE portal_event (
	deal    text    NOT NULL REFERENCES portal_deal (id),
	version integer NOT NULL,
	at      text    NOT NULL,
	by_user text    NOT NULL,
	book    text    NOT NULL,
	change  text    NOT NULL,
	answers text    NOT NULL,
	PRIMARY KEY (deal, version)
);

CREATE TABLE portal_activity (
	deal    text    NOT NULL REFERENCES portal_deal (id),
	id      text    NOT NULL,
	version integer NOT NULL,
	change  text    NOT NULL,
	PRIMARY KEY (deal, id)
);

-- +goose StatementBegin
CREATE TRIGGER portal_event_stays BEFORE UPDATE ON portal_event BEGIN
	SELECT raise(ABORT, 'events are only added');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER portal_event_remains BEFORE DELETE ON portal_event BEGIN
	SELECT raise(ABORT, 'events are only added');
END;
-- +goose StatementEnd
