-- +goose Up
-- The calendar feed of a person: the SHA-256 of its secret.
CREATE TABLE portal_feed (
	by_user text PRIMARY KEY REFERENCES portal_user (id),
	secret  text NOT NULL UNIQUE,
	at      text NOT NULL
);
