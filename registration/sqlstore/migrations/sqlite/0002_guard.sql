ALTER TABLE coselling_registration_head ADD COLUMN schema integer NOT NULL DEFAULT 2;
