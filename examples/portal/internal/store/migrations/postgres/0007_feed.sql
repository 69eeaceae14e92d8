-- +goose Up
-- The calendar feed of a person: the SHA-256 of its secret. Nobody has signed in when it is read.
CREATE TABLE portal_feed (
	by_user text COLLATE "C" PRIMARY KEY REFERENCES portal_user (id),
	secret  text COLLATE "C" NOT NULL UNIQUE,
	at      text COLLATE "C" NOT NULL
);

GRANT SELECT, INSERT, UPDATE, DELETE ON portal_feed TO portal_server;
