-- +goose Up
UPDATE coselling_registration_claim SET body = json_remove(json_set(body, '$.events', json((
	SELECT json_group_array(json(event)) FROM (
		SELECT json_set(json_extract(body, '$.exception'), '$.do', 'admit', '$.at', json_extract(body, '$.submitted')) AS event
		UNION ALL SELECT value FROM json_each(body, '$.events'))))), '$.exception')
	WHERE body LIKE '%"exception":{%';

INSERT INTO coselling_registration_schema (version) VALUES (3);
