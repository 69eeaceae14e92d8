-- +goose Up
-- key is one of a list, which is read in the order of its keys
CREATE TABLE coselling_registration_entry (
	key   text COLLATE "C" PRIMARY KEY,
	claim bigint NOT NULL REFERENCES coselling_registration_claim (seq) ON DELETE CASCADE
);

CREATE INDEX coselling_registration_entry_claim ON coselling_registration_entry (claim);

-- the first list that anybody asks for makes the keys of these claims
INSERT INTO coselling_registration_entry (key, claim)
	SELECT 'unlisted' || chr(9) || id, seq FROM coselling_registration_claim;

INSERT INTO coselling_registration_schema (version) VALUES (5);
