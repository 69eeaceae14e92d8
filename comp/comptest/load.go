package comptest

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/crmcsv"
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
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	policy, err := comp.ParsePolicy(text)
	if err != nil {
		t.Fatalf("%s: the policy has problems:\n%s", file, indented(err))
	}
	loaded.Store(originOf(t, policy), filepath.Base(file))
	return policy
}

// nameOf returns the name of the file that the test has read a policy from; "" where it is in none.
func nameOf(t testing.TB, policy comp.Policy) string {
	name, _ := loaded.Load(originOf(t, policy))
	text, _ := name.(string)
	return text
}

// LoadBookings reads the won deals and the reversals of a CRM's CSV export, with a mapping file; see package
// crmcsv. It leaves out open and lost deals. If a row cannot be read, it stops the test with every problem.
func LoadBookings(t testing.TB, csvFile, mappingFile string) Bookings {
	t.Helper()
	text, err := os.ReadFile(mappingFile)
	if err != nil {
		t.Fatal(err)
	}
	mapping, err := crmcsv.ParseMapping(text)
	if err != nil {
		t.Fatalf("%s: the mapping has problems:\n%s", mappingFile, indented(err))
	}
	zone, err := time.LoadLocation(mapping.Zone()) // UTC for a mapping that states none
	if err != nil {
		t.Fatalf("%s: the zone: %v", mappingFile, err)
	}
	file, err := os.Open(csvFile)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	reader, err := crmcsv.NewReader(file, mapping.In(zone))
	if err != nil {
		t.Fatalf("%s does not fit %s:\n%s", csvFile, mappingFile, indented(err))
	}
	bookings, left, bad, err := collect(reader)
	if err != nil {
		t.Fatalf("%s: %v", csvFile, err)
	}
	for _, doubt := range mapping.Doubts() {
		t.Logf("%s: doubt: %s", mappingFile, doubt)
	}
	for _, doubt := range reader.Doubts() {
		t.Logf("%s: doubt: %s", csvFile, doubt)
	}
	if len(bad) > 0 {
		t.Fatalf("%s: %s cannot be read:\n%s", csvFile, counted(len(bad), "row"), strings.Join(bad, "\n"))
	}
	t.Logf("%s: %s, %s; %s left out, open or lost", csvFile, counted(len(bookings.Deals), "deal"),
		counted(len(bookings.Movements), "reversal"), strconv.Itoa(left))
	return bookings
}

// collect returns the bookings of an export, the number of deals left out, and the problems of its bad rows.
func collect(reader *crmcsv.Reader) (bookings Bookings, left int, bad []string, err error) {
	bookings.Engagements = map[string]model.Engagement{}
	for deal, err := range reader.Rows() {
		row, isBad := errors.AsType[*crmcsv.BadRow](err)
		switch {
		case isBad:
			bad = append(bad, "  "+row.Error())
		case err != nil:
			return Bookings{}, 0, nil, err
		case deal.Status != crmcsv.Won:
			left++
		case deal.Reverses != "":
			r := comp.Movement{ID: deal.Booking.ID, Of: deal.Reverses, Kind: comp.Reversed, On: deal.Booking.Closed}
			if deal.Booking.Value.Sign() != 0 {
				r.Amount = deal.Booking.Value.Neg()
			}
			bookings.Movements = append(bookings.Movements, r)
		default:
			bookings.Deals = append(bookings.Deals, deal.Booking)
			if engagement := engagementOf(deal); engagement != 0 {
				bookings.Engagements[deal.Booking.ID] = engagement
			}
		}
	}
	return bookings, left, bad, nil
}

// engagementOf returns the engagement model from which a deal's roles are derived: that of the CRM or the
// recommended one. It is unset if every role is stated, or if the recommendation is undecided.
func engagementOf(deal crmcsv.Row) model.Engagement {
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
