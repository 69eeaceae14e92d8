-- +goose Up
-- When somebody was removed, and by whom. The row stays, since events name people; it lets nobody in.
ALTER TABLE portal_user ADD COLUMN ended text NOT NULL DEFAULT '';

ALTER TABLE portal_user ADD COLUMN ended_by text NOT NULL DEFAULT '';

-- Who speaks for a person: a subject of an issuer of OpenID Connect.
CREATE TABLE portal_account (
	issuer  text NOT NULL,
	subject text NOT NULL,
	person  text NOT NULL UNIQUE REFERENCES portal_user (id),
	PRIMARY KEY (issuer, subject)
);

-- Who may become which person, by a secret link of which only the hash is kept. One that is closed names the person
-- who accepted it, or nobody.
CREATE TABLE portal_invitation (
	id       text    PRIMARY KEY,
	secret   text    NOT NULL UNIQUE,
	issuer   text    NOT NULL,
	side     text    NOT NULL,
	org      text    NOT NULL,
	rep      text    NOT NULL,
	name     text    NOT NULL,
	approver boolean NOT NULL,
	zone     text    NOT NULL,
	by_user  text    NOT NULL,
	made     text    NOT NULL,
	expiry   text    NOT NULL,
	closed   text    NOT NULL DEFAULT '',
	person   text    NOT NULL DEFAULT ''
);

CREATE INDEX portal_invitation_open ON portal_invitation (closed, expiry, id);

-- A sign-in that has begun, until it comes back to the browser in which it began, once.
CREATE TABLE portal_login (
	state      text PRIMARY KEY,
	browser    text NOT NULL,
	address    text NOT NULL,
	issuer     text NOT NULL,
	nonce      text NOT NULL,
	verifier   text NOT NULL,
	invitation text NOT NULL,
	next       text NOT NULL,
	kept       text NOT NULL,
	expiry     text NOT NULL
);

CREATE INDEX portal_login_address ON portal_login (address);
