-- +goose Up
-- When somebody was removed, and by whom. The row stays, since events name people; it lets nobody in.
ALTER TABLE portal_user ADD COLUMN ended text NOT NULL DEFAULT '';

ALTER TABLE portal_user ADD COLUMN ended_by text NOT NULL DEFAULT '';
