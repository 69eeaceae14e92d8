-- +goose Up
-- When somebody was removed, and by whom. The row stays, since events name people; it lets nobody in.
ALTER TABLE portal_user ADD COLUMN ended text COLLATE "C" NOT NULL DEFAULT '';

ALTER TABLE portal_user ADD COLUMN ended_by text COLLATE "C" NOT NULL DEFAULT '';

GRANT UPDATE (name, approver, zone, ended, ended_by, email, hash) ON portal_user TO portal_server;

-- Who speaks for a person: a subject of an issuer of OpenID Connect.
CREATE TABLE portal_account (
	issuer  text COLLATE "C" NOT NULL,
	subject text COLLATE "C" NOT NULL,
	person  text COLLATE "C" NOT NULL UNIQUE REFERENCES portal_user (id),
	PRIMARY KEY (issuer, subject)
);

GRANT SELECT, INSERT, DELETE ON portal_account TO portal_server;

-- Who may become which person, by a secret link of which only the hash is kept. One that is closed names the person
-- who accepted it, or nobody.
CREATE TABLE portal_invitation (
	id       text COLLATE "C" PRIMARY KEY,
	secret   text COLLATE "C" NOT NULL UNIQUE,
	issuer   text COLLATE "C" NOT NULL,
	side     text COLLATE "C" NOT NULL,
	org      text COLLATE "C" NOT NULL,
	rep      text COLLATE "C" NOT NULL,
	name     text COLLATE "C" NOT NULL,
	approver boolean NOT NULL,
	zone     text COLLATE "C" NOT NULL,
	by_user  text COLLATE "C" NOT NULL,
	made     text COLLATE "C" NOT NULL,
	expiry   text COLLATE "C" NOT NULL,
	closed   text COLLATE "C" NOT NULL DEFAULT '',
	person   text COLLATE "C" NOT NULL DEFAULT ''
);

CREATE INDEX portal_invitation_open ON portal_invitation (closed, expiry, id);

GRANT SELECT, INSERT, UPDATE (closed, person) ON portal_invitation TO portal_server;

-- A sign-in that has begun, until it comes back to the browser in which it began, once.
CREATE TABLE portal_login (
	state      text COLLATE "C" PRIMARY KEY,
	browser    text COLLATE "C" NOT NULL,
	address    text COLLATE "C" NOT NULL,
	issuer     text COLLATE "C" NOT NULL,
	nonce      text COLLATE "C" NOT NULL,
	verifier   text COLLATE "C" NOT NULL,
	invitation text COLLATE "C" NOT NULL,
	next       text COLLATE "C" NOT NULL,
	kept       text COLLATE "C" NOT NULL,
	expiry     text COLLATE "C" NOT NULL
);

CREATE INDEX portal_login_address ON portal_login (address);

GRANT SELECT, INSERT, DELETE ON portal_login TO portal_server;
