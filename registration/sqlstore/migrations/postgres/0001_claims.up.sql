-- +goose Up
CREATE TABLE IF NOT EXISTS coselling_registration_schema (version integer PRIMARY KEY);

CREATE TABLE coselling_registration_head (
	id      integer PRIMARY KEY CHECK (id = 1),
	last    text    NOT NULL,
	version bigint  NOT NULL
);

INSERT INTO coselling_registration_head (id, last, version) VALUES (1, '', 0);

CREATE TABLE coselling_registration_claim (
	seq        bigint   GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	id         text     COLLATE "C" NOT NULL UNIQUE,
	side       smallint NOT NULL,
	org        text     COLLATE "C" NOT NULL,
	filing_key text     COLLATE "C" NOT NULL,
	body       text     NOT NULL
);

CREATE INDEX coselling_registration_filed ON coselling_registration_claim (org, filing_key, side, seq);

CREATE TABLE coselling_registration_term (
	kind  smallint NOT NULL,
	term  text     COLLATE "C" NOT NULL,
	claim bigint   NOT NULL REFERENCES coselling_registration_claim (seq) ON DELETE CASCADE,
	PRIMARY KEY (kind, term, claim)
);

CREATE INDEX coselling_registration_term_claim ON coselling_registration_term (claim);

INSERT INTO coselling_registration_schema (version) VALUES (1);
