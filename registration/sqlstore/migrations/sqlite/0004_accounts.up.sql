-- +goose Up
DROP TABLE coselling_registration_head;

INSERT INTO coselling_registration_schema (version) VALUES (4);
