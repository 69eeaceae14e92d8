package comptest

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

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
	export := Export{mapping: mapping, open: func() (io.ReadCloser, error) { return os.Open(csvFile) }}
	bookings.Engagements = map[string]model.Engagement{}
	err = export.read(engage, func(won *wonDeal) {
		b := won.Deal.Booking
		b.Payees = slices.Clone(b.Payees)
		bookings.Deals = append(bookings.Deals, b)
		if won.Own != 0 {
			bookings.Engagements[b.ID] = won.Own
		}
	})
	if err != nil {
		return Bookings{}, notes, fmt.Errorf("%s: %w", csvFile, err)
	}
	bookings.Movements = export.movements
	for _, note := range export.Notes {
		notes = append(notes, csvFile+": "+note)
	}
	if export.Unread != nil {
		err = fmt.Errorf("%s: %w", csvFile, export.Unread)
	}
	return bookings, notes, err
}

// readMapping returns a mapping with its time zone.
func readMapping(file string) (crmcsv.Mapping, error) {
	text, err := read(file, maxFileBytes)
	if err != nil {
		return crmcsv.Mapping{}, err
	}
	mapping, err := shards.ParseMapping(text)
	if err != nil {
		err = fmt.Errorf("%s: the mapping has problems:\n%s", file, indented(err))
	}
	return mapping, err
}
