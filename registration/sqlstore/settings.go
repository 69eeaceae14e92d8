package sqlstore

import (
	"crypto/rand"
	"strconv"
	"time"

	"github.com/coselling/coselling/value"
)

const (
	maxAttempts = 1000
	maxWriters  = 1000
	maxTimeout  = time.Hour
)

// Settings are how a [Store] works. Start from [DefaultSettings].
type Settings struct {
	// Now is the store's clock; nil is the clock of the PostgreSQL server, and on SQLite that of this process.
	Now func() time.Time
	// NewID gives ids that no claim has, in any replica, and that nobody can guess.
	NewID func() string
	// Timeout bounds a read or write with all its attempts, beside the caller's context; above 0, at most an hour.
	Timeout time.Duration
	// Attempts is how often a read or write is tried; 1 to 1,000.
	Attempts int
	// Wait is the longest random wait before the second attempt; it doubles with each further one, up to 64 times. Above 0, at most an hour.
	Wait time.Duration
	// Writers is how many writes of this process wait for the database at once, each on a
	// connection; the others wait without one. 1 to 1,000; on SQLite it is always 1.
	Writers int
}

// DefaultSettings returns complete settings: the database's clock, 130 random bits an
// id, half a minute, 100 attempts from 5 ms on, 8 writers.
func DefaultSettings() Settings {
	return Settings{NewID: rand.Text, Timeout: 30 * time.Second, Attempts: 100, Wait: 5 * time.Millisecond, Writers: 8}
}

// check refuses settings out of range, all at once.
func (s Settings) check() error {
	var problems value.Errors
	if s.NewID == nil {
		problems.Refuse("new_id", SettingsInvalid, "nil", "gives no ids; start from DefaultSettings")
	}
	within := func(path string, d time.Duration) {
		if d <= 0 || d > maxTimeout {
			problems.Refuse(path, SettingsInvalid, d.String(), "is out of range; write more than 0 and at most "+maxTimeout.String())
		}
	}
	within("timeout", s.Timeout)
	within("wait", s.Wait)
	upTo := func(path string, n, limit int) {
		if n < 1 || n > limit {
			problems.Refuse(path, SettingsInvalid, strconv.Itoa(n), "is out of range; write 1 to "+strconv.Itoa(limit))
		}
	}
	upTo("attempts", s.Attempts, maxAttempts)
	upTo("writers", s.Writers, maxWriters)
	return problems.Err()
}
