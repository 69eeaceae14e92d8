package comptest

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/internal/shards"
	"github.com/coselling/coselling/model"
)

// loaded holds the names of the files that [Load] has read, by origin.
var loaded sync.Map

// origin is the policy of a file that a test, or a part of it, has read.
type origin struct{ test, policy string }

func originOf(t testing.TB, policy comp.Policy) origin {
	test, _, _ := strings.Cut(t.Name(), "/")
	text, _ := canonical(policy) // a policy that cannot be written is in no file
	return origin{test, text}
}

// Load reads a policy as [comp.ParsePolicy] does. It stops the test with every problem of the file. [Change] names the
// file where the policy is tested as it was read.
func Load(t testing.TB, file string) comp.Policy {
	t.Helper()
	policy, err := readPolicy(file)
	if err != nil {
		t.Fatal(err)
	}
	loaded.Store(originOf(t, policy), filepath.Base(file))
	return policy
}

func readPolicy(file string) (comp.Policy, error) {
	text, err := read(file, maxFileBytes)
	if err != nil {
		return comp.Policy{}, err
	}
	policy, err := comp.ParsePolicy(text)
	if err != nil {
		return policy, fmt.Errorf("%s: the policy has problems:\n%s", file, indented(err))
	}
	return policy, nil
}

const maxFileBytes = 4 << 20 // of a policy or a mapping, whose parsers refuse more

// read returns a file, of one above the limit no more than shows that it is.
func read(file string, limit int64) ([]byte, error) {
	from, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer from.Close()
	return io.ReadAll(io.LimitReader(from, limit+1))
}

// nameOf returns the name of the file that the test has read a policy from; "" where it is in none.
func nameOf(t testing.TB, policy comp.Policy) string {
	name, _ := loaded.Load(originOf(t, policy))
	text, _ := name.(string)
	return text
}

// LoadBookings reads the won deals and the reversals of a CRM's CSV export, with a mapping file; see package
// crmcsv. It leaves out open and lost deals. If a row cannot be read, it stops the test, and shows
// the first hundred.
func LoadBookings(t testing.TB, csvFile, mappingFile string) Bookings {
	t.Helper()
	bookings, notes, err := readBookings(csvFile, mappingFile)
	for _, note := range notes {
		t.Log(note)
	}
	if err != nil {
		t.Fatal(err)
	}
	return bookings
}

// readBookings also returns notes: what is doubtful, and how much was read.
func readBookings(csvFile, mappingFile string) (bookings Bookings, notes []string, err error) {
	mapping, err := readMapping(mappingFile)
	if err != nil {
		return Bookings{}, nil, err
	}
	for _, doubt := range mapping.Doubts() {
		notes = append(notes, mappingFile+": doubt: "+doubt)
	}
	file, err := os.Open(csvFile)
	if err != nil {
		return Bookings{}, notes, err
	}
	defer file.Close()
	bookings, says, unread, err := ReadBookings(file, mapping)
	for _, note := range says {
		notes = append(notes, csvFile+": "+note)
	}
	if err = errors.Join(err, unread); err != nil {
		err = fmt.Errorf("%s: %w", csvFile, err)
	}
	return bookings, notes, err
}

// ReadBookings reads the won deals and the reversals of a CRM's CSV export by a mapping in its zone; see package
// crmcsv. It leaves out open and lost deals, and rows that cannot be read: unread says how many and shows the first
// hundred; it is nil for none. notes say what is doubtful, and how much was read. An error means that the file is none
// of the mapping, or cannot be read on; then there are no bookings.
func ReadBookings(from io.Reader, mapping crmcsv.Mapping) (b Bookings, notes []string, unread, err error) {
	reader, err := crmcsv.NewReader(from, mapping)
	if err != nil {
		return Bookings{}, nil, nil, fmt.Errorf("the file does not fit the mapping:\n%w", err)
	}
	b, left, bad, err := collect(reader)
	if err != nil {
		return Bookings{}, nil, nil, err
	}
	for _, doubt := range reader.Doubts() {
		notes = append(notes, "doubt: "+doubt.String())
	}
	if bad.count > 0 {
		unread = fmt.Errorf("%s cannot be read:\n%s", counted(bad.count, "row"), bad.text())
	}
	return b, append(notes, counted(len(b.Deals), "deal")+", "+counted(len(b.Movements), "reversal")+"; "+
		strconv.Itoa(left)+" left out, open or lost"), unread, nil
}

// readMapping returns a mapping with its time zone.
func readMapping(file string) (crmcsv.Mapping, error) {
	text, err := read(file, maxFileBytes)
	if err != nil {
		return crmcsv.Mapping{}, err
	}
	mapping, err := crmcsv.ParseMapping(text)
	if err != nil {
		return mapping, fmt.Errorf("%s: the mapping has problems:\n%s", file, indented(err))
	}
	zone, err := time.LoadLocation(mapping.Zone()) // UTC for a mapping that states none
	if err != nil {
		return mapping, fmt.Errorf("%s: the zone: %w", file, err)
	}
	return mapping.In(zone), nil
}

// badRows counts rows that cannot be read, and has the first of them in words.
type badRows struct {
	count int
	first []string
}

const mostBadRows = 100

func (b *badRows) add(row *crmcsv.BadRow) {
	if b.count++; b.count <= mostBadRows {
		b.first = append(b.first, "  "+row.Error())
	}
}

func (b *badRows) text() string {
	rest := more(b.count-mostBadRows, "row", "  ")
	return strings.TrimSuffix(strings.Join(b.first, "\n")+"\n"+rest, "\n")
}

// collect reads on all processors: the bookings of an export, the number of deals left out, and its bad rows.
func collect(reader *crmcsv.Reader) (bookings Bookings, left int, bad badRows, err error) {
	bookings.Engagements = map[string]model.Engagement{}
	engage := func(_ int, row *shards.Row[model.Engagement]) {
		if row.Bad == nil && row.Deal.Status == crmcsv.Won && row.Deal.Reverses == "" {
			row.Own = engagementOf(row.Deal)
		}
	}
	err = shards.Read(reader, engage, func(row *shards.Row[model.Engagement]) error {
		deal := row.Deal
		switch {
		case row.Bad != nil:
			bad.add(row.Bad)
		case deal.Status != crmcsv.Won:
			left++
		case deal.Reverses != "":
			r := comp.Movement{ID: deal.Booking.ID, Of: deal.Reverses, Kind: comp.Reversed, On: deal.Booking.Closed}
			if deal.Booking.Value.Sign() != 0 {
				r.Amount = deal.Booking.Value.Neg()
			}
			bookings.Movements = append(bookings.Movements, r)
		default:
			b := deal.Booking
			b.Payees = slices.Clone(b.Payees)
			bookings.Deals = append(bookings.Deals, b)
			if row.Own != 0 {
				bookings.Engagements[b.ID] = row.Own
			}
		}
		return nil
	})
	if err != nil {
		return Bookings{}, 0, badRows{}, err
	}
	return bookings, left, bad, nil
}

// engagementOf returns the engagement model from which a deal's roles are derived: that of the CRM or the
// recommended one. It is unset if every role is stated, or if the recommendation is undecided.
func engagementOf(deal *crmcsv.Row) model.Engagement {
	stated := true
	for _, payee := range deal.Booking.Payees {
		stated = stated && payee.Role != 0
	}
	if stated || deal.Engagement != 0 {
		return deal.Engagement
	}
	engagement, err := model.Recommend(deal.Signals, deal.Booking.Registrant).Decided()
	if err != nil {
		return 0
	}
	return engagement
}
