-- +goose Up
-- What happened to the lines of statements, from the day on which a deal is won: events of comp/life.
CREATE TABLE portal_pay (
	deal    text    COLLATE "C" NOT NULL REFERENCES portal_deal (id),
	number  integer NOT NULL,
	at      text    COLLATE "C" NOT NULL,
	by_user text    COLLATE "C" NOT NULL,
	event   text    NOT NULL,
	PRIMARY KEY (deal, number)
);

ALTER TABLE portal_pay ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY portal_pay_party ON portal_pay
	USING (EXISTS (SELECT FROM portal_deal d WHERE d.id = portal_pay.deal))
	WITH CHECK (EXISTS (SELECT FROM portal_deal d WHERE d.id = portal_pay.deal));

GRANT SELECT, INSERT ON portal_pay TO portal_server;

CREATE TRIGGER portal_pay_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON portal_pay
	EXECUTE FUNCTION portal_stays();
