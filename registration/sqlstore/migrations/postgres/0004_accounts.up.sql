-- +goose Up
DROP TRIGGER coselling_registration_guard ON coselling_registration_claim;

DROP TRIGGER coselling_registration_guard ON coselling_registration_term;

DROP FUNCTION coselling_registration_guard();

DROP TABLE coselling_registration_head;

DROP INDEX coselling_registration_term_claim;

CREATE INDEX coselling_registration_term_claim ON coselling_registration_term (claim, kind, term);

-- holder is the transaction that has locked the claims with a term, as long as it lasts
CREATE TABLE coselling_registration_lock (
	term   text COLLATE "C" PRIMARY KEY,
	holder xid8 NOT NULL
) WITH (fillfactor = 70);

-- locks what a subject is about, and returns the server's time, the version of the tables and whether the locks cover
-- all, then the claims; idle and wait are milliseconds, 0 leaves the settings of the transaction as they are
-- +goose StatementBegin
CREATE FUNCTION coselling_registration_open(subject text, idle integer DEFAULT 0, wait integer DEFAULT 0)
RETURNS TABLE (micros bigint, version integer, grown boolean, claim text)
LANGUAGE plpgsql SET search_path FROM CURRENT SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE -- queries without joins, so that their plans look up whatever the server knows of the tables
	about jsonb := subject::jsonb;
	reach boolean := COALESCE((about ->> 'reach')::boolean, false);
	terms text[] := ARRAY(SELECT jsonb_array_elements_text(about -> 'terms'));
	more text[];
	seqs bigint[] := '{}';
BEGIN
	IF current_setting('transaction_isolation') <> 'read committed' THEN
		RAISE EXCEPTION 'claims are written by a transaction that is read committed: any other sees a state of before its locks'
			USING ERRCODE = 'invalid_transaction_state';
	END IF;
	IF idle > 0 THEN
		PERFORM set_config('idle_in_transaction_session_timeout', idle::text, true), set_config('lock_timeout', wait::text, true);
	END IF;
	PERFORM pg_advisory_xact_lock(name.value::bigint) FROM jsonb_array_elements_text(about -> 'names') AS name;
	IF about ? 'key' THEN
		seqs := ARRAY(SELECT c.seq FROM coselling_registration_claim c
			WHERE c.org = about ->> 'org' AND c.filing_key = about ->> 'key' AND c.side = (about ->> 'side')::smallint);
	END IF;
	IF jsonb_array_length(about -> 'claims') > 0 THEN
		more := ARRAY(SELECT jsonb_array_elements_text(about -> 'claims'));
		seqs := seqs || ARRAY(SELECT c.seq FROM coselling_registration_claim c WHERE c.id = ANY (more));
	END IF;
	terms := terms || ARRAY(SELECT t.term FROM coselling_registration_term t WHERE t.claim = ANY (seqs) AND t.kind = 1);
	WHILE reach LOOP
		seqs := seqs || ARRAY(SELECT t.claim FROM coselling_registration_term t WHERE t.kind = 1 AND t.term = ANY (terms));
		more := ARRAY(SELECT t.term FROM coselling_registration_term t
			WHERE t.claim = ANY (seqs) AND t.kind = 1 AND t.term <> ALL (terms));
		EXIT WHEN more = '{}';
		terms := terms || more;
	END LOOP;
	INSERT INTO coselling_registration_lock AS l (term, holder)
		SELECT DISTINCT t.term COLLATE "C", pg_current_xact_id() FROM unnest(terms) AS t (term) ORDER BY t.term COLLATE "C"
		ON CONFLICT (term) DO UPDATE SET holder = excluded.holder;
	micros := extract(epoch FROM clock_timestamp()) * 1000000;
	version := (SELECT max(s.version) FROM coselling_registration_schema s);
	IF reach THEN
		seqs := ARRAY(SELECT t.claim FROM coselling_registration_term t WHERE t.kind = 1 AND t.term = ANY (terms));
	END IF;
	grown := reach AND EXISTS (SELECT FROM coselling_registration_term t
		WHERE t.claim = ANY (seqs) AND t.kind = 1 AND t.term <> ALL (terms));
	RETURN NEXT;
	RETURN QUERY SELECT NULL::bigint, NULL::integer, NULL::boolean, c.body FROM coselling_registration_claim c
		WHERE c.seq = ANY (seqs) ORDER BY c.seq LIMIT 100001;
END
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION coselling_registration_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT SET enable_seqscan = off AS $$
DECLARE
	held boolean := false;
BEGIN
	IF TG_OP = 'TRUNCATE' THEN
		NULL;
	ELSIF TG_TABLE_NAME = 'coselling_registration_claim' THEN
		held := (SELECT bool_and(EXISTS (
				SELECT FROM coselling_registration_lock l WHERE l.term = t.term AND l.holder = pg_current_xact_id()
			)) FROM coselling_registration_term t WHERE t.claim = NEW.seq AND t.kind = 1);
	ELSE
		held := (TG_OP = 'INSERT' OR OLD.kind <> 1 OR EXISTS (
				SELECT FROM coselling_registration_lock l WHERE l.term = OLD.term AND l.holder = pg_current_xact_id()
			)) AND (TG_OP = 'DELETE' OR NEW.kind <> 1 OR EXISTS (
				SELECT FROM coselling_registration_lock l WHERE l.term = NEW.term AND l.holder = pg_current_xact_id()
			));
	END IF;
	IF held IS NOT TRUE THEN
		RAISE EXCEPTION 'claims are written with their terms, by a transaction that has locked their accounts' USING
			ERRCODE = 'object_not_in_prerequisite_state',
			HINT = 'Begin with SELECT coselling_registration_open(''{"claims": ["the id"], "terms": ["domain:hooli.com"], "reach": true}'').';
	END IF;
	RETURN NULL;
END
$$;
-- +goose StatementEnd

CREATE TRIGGER coselling_registration_guard AFTER INSERT OR UPDATE ON coselling_registration_claim
	FOR EACH ROW EXECUTE FUNCTION coselling_registration_guard();

CREATE TRIGGER coselling_registration_guard AFTER INSERT ON coselling_registration_term
	FOR EACH ROW WHEN (NEW.kind = 1) EXECUTE FUNCTION coselling_registration_guard();

CREATE TRIGGER coselling_registration_guard_change AFTER UPDATE OR DELETE ON coselling_registration_term
	FOR EACH ROW EXECUTE FUNCTION coselling_registration_guard();

CREATE TRIGGER coselling_registration_guard_all BEFORE TRUNCATE ON coselling_registration_claim
	FOR EACH STATEMENT EXECUTE FUNCTION coselling_registration_guard();

CREATE TRIGGER coselling_registration_guard_all BEFORE TRUNCATE ON coselling_registration_term
	FOR EACH STATEMENT EXECUTE FUNCTION coselling_registration_guard();

INSERT INTO coselling_registration_schema (version) VALUES (4);
