package strictjson

import (
	"strings"
	"time"

	"github.com/coselling/coselling/value"
)

// Instant refuses text that is no instant.
const Instant value.Code = "json.instant"

// Needed reads the text of a member that has to stand there. What parse refuses is
// added with the member's path, and into stays as it is.
func Needed[T any](problems *value.Errors, path, text string, into *T, parse func(string) (T, error)) {
	v, err := parse(text)
	if err != nil {
		problems.Add(path, err)
		return
	}
	*into = v
}

// Optional reads the text of a member that may lack; empty text is a member that does.
func Optional[T any](problems *value.Errors, path, text string, into *T, parse func(string) (T, error)) {
	if text != "" {
		Needed(problems, path, text, into, parse)
	}
}

// ParseInstant reads RFC 3339 with a zone, of the years 1 to 9999 in UTC, and returns
// it in UTC. The zero instant is none and refused: some systems write it where
// nothing is known.
func ParseInstant(s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil || !wellFormed(s) {
		return time.Time{}, value.NewError(Instant, value.Quote(s), "is no instant; write it like 2026-11-22T09:30:00Z")
	}
	t = t.UTC()
	if t.IsZero() || t.Year() < 1 || t.Year() > 9999 {
		return time.Time{}, value.NewError(Instant, value.Quote(s), "is outside the instants after the beginning of the year 1 and up to the end of the year 9999")
	}
	return t, nil
}

// wellFormed refuses what package time lets pass: an hour of one digit, a comma before
// the fraction, an offset of a day or more.
func wellFormed(s string) bool {
	return s[len("2026-11-22T09")] == ':' && !strings.Contains(s, ",") &&
		(strings.HasSuffix(s, "Z") || s[len(s)-len("23:59"):] <= "23:59")
}

// InstantText writes an instant in UTC as [ParseInstant] reads it; the zero instant is
// empty text.
func InstantText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// Or returns a pointer to v, and nil for the zero value, which is then left out.
func Or[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

// Of returns what p points to, and the zero value for nil.
func Of[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}
