-- +goose Up
ALTER TABLE coselling_registration_head ADD COLUMN schema integer NOT NULL DEFAULT 2;

-- +goose StatementBegin
CREATE FUNCTION coselling_registration_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
	IF NOT EXISTS (SELECT FROM coselling_registration_head WHERE id = 1 AND xmin = pg_current_xact_id()::xid) THEN
		RAISE EXCEPTION 'claims are written by a transaction that has moved coselling_registration_head before' USING
			ERRCODE = 'object_not_in_prerequisite_state',
			HINT = 'UPDATE coselling_registration_head SET version = version + 1, in the same transaction and no savepoint, before what is written is looked up.';
	END IF;
	RETURN NULL;
END
$$;
-- +goose StatementEnd

CREATE TRIGGER coselling_registration_guard BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON coselling_registration_claim
	FOR EACH STATEMENT EXECUTE FUNCTION coselling_registration_guard();

CREATE TRIGGER coselling_registration_guard BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON coselling_registration_term
	FOR EACH STATEMENT EXECUTE FUNCTION coselling_registration_guard();

INSERT INTO coselling_registration_schema (version) VALUES (2);
