package sqlstore

import "github.com/coselling/coselling/value"

// Codes of what this package refuses.
const (
	// ReadOnly refuses to put a claim in a view that only reads.
	ReadOnly value.Code = "sqlstore.read_only"
	// DatabaseUnknown refuses a database that is neither PostgreSQL nor SQLite.
	DatabaseUnknown value.Code = "sqlstore.database.unknown"
	// SchemaNewer refuses tables that a later version of this package has made.
	SchemaNewer value.Code = "sqlstore.schema.newer"
	// SettingsInvalid refuses settings with a field out of its range.
	SettingsInvalid value.Code = "sqlstore.settings"
)
