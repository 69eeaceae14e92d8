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

// Settings hold the clock, the ids and the limits of a [Store]. Start from [DefaultSettings]; the zero value is
// refused.
type Settings struct {
	// Now is the clock; nil: that of the PostgreSQL server, and on SQLite that of this process.
	Now      func() time.Time
	NewID    func() string // NewID, needed, returns an id that no claim has, in any replica, and nobody can guess.
	Timeout  time.Duration // Timeout limits a read or write with all its attempts; above 0, at most an hour.
	Attempts int           // Attempts is the largest number of attempts of a read or write; 1 to 1,000.
	// Wait is the longest random wait before the second attempt, above 0, at most an hour; it doubles up to 64 times.
	Wait time.Duration
	// Writers is the largest number of writes that hold a connection at once; 1 to 1,000, on SQLite always 1.
	Writers int
}

// DefaultSettings returns ids of 130 random bits, a timeout of 30 s, 100 attempts, a wait of 5 ms and 8 writers; Now is
// nil.
func DefaultSettings() Settings {
	return Settings{NewID: rand.Text, Timeout: 30 * time.Second, Attempts: 100, Wait: 5 * time.Millisecond, Writers: 8}
}

// check returns every setting that is out of range.
func (s Settings) check() error {
	var problems value.Errors
	if s.NewID == nil {
		problems.Refuse("new_id", SettingsInvalid, "nothing", "makes ids; start from the default settings")
	}
	within := func(path string, d time.Duration) {
		if d <= 0 || d > maxTimeout {
			problems.Refuse(path, SettingsInvalid, d.String(),
				"is out of range; write more than 0 and at most "+maxTimeout.String())
		}
	}
	within("timeout", s.Timeout)
	within("wait", s.Wait)
	upTo := func(path string, n, limit int) {
		if n < 1 || n > limit {
			want := "is out of range; write 1 to " + strconv.Itoa(limit)
			problems.Refuse(path, SettingsInvalid, strconv.Itoa(n), want)
		}
	}
	upTo("attempts", s.Attempts, maxAttempts)
	upTo("writers", s.Writers, maxWriters)
	return problems.Err()
}
