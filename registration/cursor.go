package registration

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strings"
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

const printBytes = 12 // of the fingerprint in a cursor

// cursor is a place in a list at an instant. It gives no right: each page checks who asks.
type cursor struct {
	at    time.Time // zero: the time of the store
	place string    // the last one of the page before; empty: the first page
}

// fingerprint tells the cursors of a list from those of any other.
func (l *lister) fingerprint() string {
	h := sha256.New()
	fmt.Fprintf(h, "%q %q %d %q %q %q", l.rules.vendor.Org, l.list, l.f.Status, l.key.Terms(), instant(l.f.DueBefore),
		instant(l.f.AsOf))
	return string(h.Sum(nil)[:printBytes])
}

// next returns the cursor of the claims after a place.
func (l *lister) next(place string) string {
	b := binary.BigEndian.AppendUint64([]byte(l.fingerprint()), uint64(l.from.at.UnixMicro()))
	return base64.RawURLEncoding.EncodeToString(append(b, place...))
}

// cursor returns where the page begins.
func (l *lister) cursor() (cursor, error) {
	if l.f.After == "" {
		return cursor{at: l.f.AsOf.UTC().Round(0).Truncate(time.Microsecond)}, nil
	}
	refusal := value.NewError("list.after", value.Quote(l.f.After),
		"is not the next page of this list; send it with the party and filter of the page before, or begin anew")
	b, err := base64.RawURLEncoding.DecodeString(l.f.After)
	if err != nil || len(b) < printBytes+8 || string(b[:printBytes]) != l.fingerprint() {
		return cursor{}, refusal
	}
	at := time.UnixMicro(int64(binary.BigEndian.Uint64(b[printBytes:]))).UTC()
	place := string(b[printBytes+8:])
	if wire.CheckInstant(at, "") != nil || !isPlace(place) {
		return cursor{}, refusal
	}
	return cursor{at, place}, nil
}

// isPlace reports whether a text has the form of a place.
func isPlace(s string) bool {
	parts := strings.Split(s, "\t")
	if len(parts) != 3 || checkText(claimID, parts[2], maxKey, "") != nil {
		return false
	}
	for _, at := range parts[:2] {
		if _, err := time.Parse(keyInstant, at); err != nil && at != noInstant {
			return false
		}
	}
	return true
}
