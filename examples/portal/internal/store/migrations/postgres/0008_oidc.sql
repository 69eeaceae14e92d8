-- +goose Up
-- When somebody was removed, and by whom. The row stays, since events name people; it lets nobody in.
ALTER TABLE portal_user ADD COLUMN ended text COLLATE "C" NOT NULL DEFAULT '';

ALTER TABLE portal_user ADD COLUMN ended_by text COLLATE "C" NOT NULL DEFAULT '';

GRANT UPDATE (ended, ended_by, email, hash) ON portal_user TO portal_server;
