-- +goose Up
-- What happened to the lines of statements, from the day on which a deal is won: events of comp/life.
CREATE TABLE portal_pay (
	deal    text    NOT NULL REFERENCES portal_deal (id),
	number  integer NOT NULL,
	at      text    NOT NULL,
	by_user text    NOT NULL,
	event   text    NOT NULL,
	PRIMARY KEY (deal, number)
);

-- +goose StatementBegin
CREATE TRIGGER portal_pay_stays BEFORE UPDATE ON portal_pay BEGIN
	SELECT raise(ABORT, 'events are only added');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER portal_pay_remains BEFORE DELETE ON portal_pay BEGIN
	SELECT raise(ABORT, 'events are only added');
END;
-- +goose StatementEnd
