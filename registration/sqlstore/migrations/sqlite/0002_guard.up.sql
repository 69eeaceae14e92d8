-- +goose Up
ALTER TABLE coselling_registration_head ADD COLUMN schema integer NOT NULL DEFAULT 2;

INSERT INTO coselling_registration_schema (version) VALUES (2);
