package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/examples/portal/internal/sample"
	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/examples/portal/internal/testdb"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// crm is the system of a company, which says what happened to its deals there.
type crm struct {
	has   []store.Fetched
	err   error
	asked int
	while func() // what happens while it answers
}

func (c *crm) Fetch(_ context.Context, _ store.Source, _ string) ([]store.Fetched, error) {
	c.asked++
	if c.while != nil {
		c.while()
	}
	return c.has, c.err
}

// fetching is a portal with a deal of Acme and a system that tells of it.
type fetching struct {
	*store.Store
	t    *testing.T
	ana  store.User
	deal string
	from store.Source
	now  time.Time
	sent int
}

func newFetching(t *testing.T, db *sql.DB) *fetching {
	t.Helper()
	f := &fetching{t: t, now: time.Date(2026, time.November, 30, 9, 0, 0, 0, time.UTC)}
	var err error
	f.Store, err = store.Open(t.Context(), db, store.Settings{Books: []coselling.Book{sample.Book()},
		Host: sample.Host(), Now: func() time.Time { return f.now }})
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range sample.People() {
		if u, err = f.AddUser(t.Context(), u, []byte("-")); err != nil {
			t.Fatal(err)
		}
		if u.Rep == "ana" {
			f.ana = u
		}
	}
	registered, err := f.Register(t.Context(), f.ana, registration.Filing{Key: "k", Account: matching.Account{
		Name: "Hooli", Domains: []string{"hooli.com"}}}, coselling.Deal{Account: "Hooli"})
	if err != nil {
		t.Fatal(err)
	}
	f.deal = registered.Deal
	id, _, err := f.AddSecret(t.Context(), f.ana, f.ana.Party, "Team CRM")
	if err != nil {
		t.Fatal(err)
	}
	if f.from, _, err = f.Keys(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	return f
}

// event receives another webhook about the deal.
func (f *fetching) event() {
	f.t.Helper()
	f.sent++
	body := `{"data":{"deal":"` + f.deal + `"}}`
	receipt, err := f.Receive(f.t.Context(), f.from, fmt.Sprint("m", f.sent), []byte(body))
	if err != nil || receipt != store.Marked {
		f.t.Fatal(receipt, err)
	}
}

// seen returns the deal as Acme sees it.
func (f *fetching) seen() store.Seen {
	f.t.Helper()
	seen, err := f.Deal(f.t.Context(), f.ana, f.deal)
	if err != nil {
		f.t.Fatal(err)
	}
	return seen
}

// state returns how many deals wait and how many failed.
func (f *fetching) state() [2]int {
	f.t.Helper()
	list, err := f.Sources(f.t.Context())
	if err != nil || len(list) != 1 {
		f.t.Fatal(list, err)
	}
	return [2]int{list[0].Waiting, list[0].Failed}
}

func (f *fetching) due(c *crm) error {
	f.t.Helper()
	found, err := f.FetchDue(f.t.Context(), c)
	if !found {
		f.t.Fatal("no deal is due")
	}
	return err
}

func activity(id string, at time.Time) deal.Change {
	return deal.Change{Activity: comms.Activity{ID: id, Kind: comms.Question, Side: 2, Subject: "Hosted?", At: at}}
}

// What is fetched is stored once, however often it is fetched, under the name of the source and the instant of the
// clock, and the decision can be replayed. What the rules refuse does not stop the rest.
func TestWhatIsFetchedIsStoredOnce(t *testing.T) {
	testdb.Both(t, func(t *testing.T, p testdb.Place) { whatIsFetchedIsStoredOnce(newFetching(t, p.Open(t))) })
}

func whatIsFetchedIsStoredOnce(f *fetching) {
	t := f.t
	if found, err := f.FetchDue(t.Context(), &crm{}); found || err != nil {
		t.Fatal(found, err)
	}
	before := f.seen()
	updated := deal.Change{Facts: []stage.Fact{{Kind: stage.CRMUpdated, Side: f.ana.Party.Side, By: "eve",
		At: f.now.AddDate(-1, 0, 0)}}}
	c := &crm{has: []store.Fetched{
		{ID: "q1", Change: activity("q1", f.now.Add(-time.Hour))},
		{ID: "w", Change: deal.Change{Event: stage.Event{Verb: stage.VerbWin}}},
		{ID: "u1", Change: updated},
		{ID: "e", Change: deal.Change{Edit: deal.Edit{Deal: deal.Deal{Amount: value.MustMoney("1.00 USD")}}}},
		{ID: "", Change: updated},
		{ID: "\x00", Change: updated},
		{ID: "n"},                                 // nothing happened
		{ID: "q2", Change: activity("q1", f.now)}, // the same mail by another name
	}}
	for range 3 {
		f.event()
		f.event()
		err := f.due(c)
		for _, id := range []string{`"w"`, `"e"`, `""`, `"\x00"`, `"n"`, `"q2"`} {
			if err == nil || !strings.Contains(err.Error(), id) {
				t.Errorf("the error does not say that %s was refused: %v", id, err)
			}
		}
		if found, err := f.FetchDue(t.Context(), c); found || err != nil {
			t.Fatal("a deal is fetched twice", err)
		}
	}
	after := f.seen()
	if after.Version != before.Version+1 || after.View.Amount != before.View.Amount || c.asked != 3 {
		t.Errorf("version %d becomes %d, %d times asked", before.Version, after.Version, c.asked)
	}
	history, err := f.History(t.Context(), f.ana, f.deal)
	if err != nil {
		t.Fatal(err)
	}
	last := history[0]
	if fact := last.Change.Facts[0]; last.By.Name != "Team CRM" || last.By.Party != f.ana.Party ||
		fact.By != "Team CRM" || !fact.At.Equal(f.now) {
		t.Errorf("the event is by %v, the fact by %s at %s", last.By, fact.By, fact.At)
	}
	if r, err := f.Replay(t.Context(), f.ana, f.deal, last.Version); err != nil || !r.Same() {
		t.Errorf("replayed: %v, the same bytes %t", err, r.Same())
	}
	if state := f.state(); state != [2]int{} {
		t.Errorf("%v deals wait or failed", state)
	}
}

// A system that does not answer is asked again, later each time and not for ever; another event begins anew.
func TestFetchIsTriedAgainWithinBounds(t *testing.T) {
	testdb.Both(t, func(t *testing.T, p testdb.Place) { fetchIsTriedAgainWithinBounds(newFetching(t, p.Open(t))) })
}

func fetchIsTriedAgainWithinBounds(f *fetching) {
	t := f.t
	c := &crm{err: errors.New("no answer")}
	f.event()
	var pauses []time.Duration
	for start := f.now; f.now.Before(start.Add(48 * time.Hour)); f.now = f.now.Add(time.Minute) {
		found, err := f.FetchDue(t.Context(), c)
		if found != (err != nil) || found && !errors.Is(err, c.err) {
			t.Fatal(found, err)
		}
		if found {
			pauses = append(pauses, f.now.Sub(start)/time.Minute)
		}
	}
	if want := []time.Duration{0, 1, 3, 7, 15, 31, 63, 127}; !slices.Equal(pauses, want) {
		t.Errorf("it is tried at the minutes %d, want %d", pauses, want)
	}
	if state := f.state(); state != [2]int{0, 1} {
		t.Errorf("%v deals wait and failed", state)
	}
	f.event()
	c.err, c.has = nil, make([]store.Fetched, 1001)
	if err := f.due(c); err == nil || !strings.Contains(err.Error(), "1001") {
		t.Errorf("a thousand and one things: %v", err)
	}
	f.now, c.has = f.now.Add(time.Hour), nil
	if err := f.due(c); err != nil || f.state() != [2]int{} {
		t.Error(err, f.state())
	}
}

// An event that comes while a deal is fetched is not lost.
func TestEventDuringAFetchIsNotLost(t *testing.T) {
	testdb.Both(t, func(t *testing.T, p testdb.Place) { eventDuringAFetchIsNotLost(newFetching(t, p.Open(t))) })
}

func eventDuringAFetchIsNotLost(f *fetching) {
	t := f.t
	c := &crm{while: f.event}
	f.event()
	if err := f.due(c); err != nil || f.state() != [2]int{1, 0} {
		t.Error(err, f.state())
	}
	c.while = nil
	if err := f.due(c); err != nil || f.state() != [2]int{} {
		t.Error(err, f.state())
	}
}
