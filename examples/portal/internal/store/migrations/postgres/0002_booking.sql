-- +goose Up
-- The booking of a deal that was won, as each party may read it: only its own payees.
CREATE TABLE portal_booking (
	side       text COLLATE "C" NOT NULL,
	org        text COLLATE "C" NOT NULL,
	closed     text COLLATE "C" NOT NULL,
	deal       text COLLATE "C" NOT NULL REFERENCES portal_deal (id),
	engagement text COLLATE "C" NOT NULL,
	booking    text NOT NULL,
	PRIMARY KEY (side, org, deal)
);

CREATE INDEX portal_booking_deal ON portal_booking (deal);

CREATE INDEX portal_booking_closed ON portal_booking (side, org, closed);

ALTER TABLE portal_booking ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY portal_booking_party ON portal_booking
	USING (EXISTS (SELECT FROM portal_deal d WHERE d.id = portal_booking.deal))
	WITH CHECK (EXISTS (SELECT FROM portal_deal d WHERE d.id = portal_booking.deal));

GRANT SELECT, INSERT, DELETE ON portal_booking TO portal_server;
