-- +goose Up
-- The booking of a deal that was won, as each party may read it: only its own payees.
CREATE TABLE portal_booking (
	side       text NOT NULL,
	org        text NOT NULL,
	closed     text NOT NULL,
	deal       text NOT NULL REFERENCES portal_deal (id),
	engagement text NOT NULL,
	booking    text NOT NULL,
	PRIMARY KEY (side, org, deal)
);

CREATE INDEX portal_booking_closed ON portal_booking (side, org, closed);
