-- +goose Up
UPDATE coselling_registration_head SET version = version + 1 WHERE id = 1;

UPDATE coselling_registration_claim SET body = (body::jsonb - 'exception' || jsonb_build_object('events',
	jsonb_build_array(body::jsonb -> 'exception' || jsonb_build_object('do', 'admit', 'at', body::jsonb -> 'submitted'))
	|| COALESCE(body::jsonb -> 'events', '[]')))::text
	WHERE body LIKE '%"exception":{%';

INSERT INTO coselling_registration_schema (version) VALUES (3);
