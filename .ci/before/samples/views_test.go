//go:build before

package coselling_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/compgen"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/bookgen"
	"github.com/coselling/coselling/internal/factgen"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

const (
	worlds  = 2000
	ledgers = 600
)

// together is a document whose members are documents.
type together map[string]any

func views(t *testing.T, p pool) {
	books := ownBooks()
	e := engine(t)
	generated := rapid.Custom(func(t *rapid.T) *world { return draw(t, e) })
	for seed := range worlds {
		w := generated.Example(seed + 1)
		if seed%4 == 0 {
			w.forgetFuture()
		}
		p.add("views.world", text(t, worldOf(w, books, seed)))
		if seed < 500 {
			p.add("views.registration", text(t, together{"policy": book().Registration, "claims": w.record.Claims, "as_of": w.asOf.AddDate(1, 0, 0), "customers": customers(seed)}))
		}
	}
	for seed := range 100 { // mostly nonsense, but well formed
		p.add("views.world", text(t, together{"deal": deals().Example(seed + 1), "record": records().Example(seed + 1), "as_of": []time.Time{day1.AddDate(0, 1, 0)}, "rosters": []escalation.Roster{roster()}}))
		p.add("views.registration", text(t, together{"policy": book().Registration, "claims": []registration.Claim{factgen.Claim().Example(seed + 1)}, "as_of": day1.AddDate(7000, 0, 0)}))
	}
	asked, err := filepath.Glob(filepath.Join(os.Getenv("COSELLING_HARVEST"), "worlds", "*"))
	if err != nil || len(asked) == 0 {
		t.Errorf("no test has asked about a world: %v", err)
	}
	for _, file := range asked {
		document, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		p.add("views.world", document)
	}
	for _, b := range append(books, coselling.DefaultBook()) {
		p.add("views.book", text(t, b))
	}
	credited(t, p)
	exports(t, p)
}

// ownBooks are books that differ from the default one, for the vendor of the worlds.
func ownBooks() []coselling.Book {
	var books []coselling.Book
	for seed := range 60 {
		b := bookgen.AnyBook().Example(seed + 1000)
		b.Registration.Vendor, b.Registration.ChannelOwners = "us", []string{"olga", "omar"}
		books = append(books, b)
	}
	return books
}

func worldOf(w *world, books []coselling.Book, seed int) together {
	at := []time.Time{w.asOf, w.asOf.AddDate(0, 0, 9).Add(3 * time.Hour), day1.AddDate(0, 5, 0)}
	document := together{"deal": w.deal, "record": w.record, "rosters": []escalation.Roster{roster()}, "as_of": at[:1+seed%3], "customers": customers(seed)}
	switch {
	case seed%5 == 1:
		document["book"] = books[seed%len(books)]
	case seed%5 == 2:
		b := book()
		b.Comp = books[seed%len(books)].Comp
		document["book"] = b
	case seed%7 == 0:
		document["rosters"] = []escalation.Roster{rosters().Example(seed + 1)}
	}
	return document
}

// customers are the vendor's own, in some worlds the prospect.
func customers(seed int) []matching.Account {
	list := []matching.Account{{Name: "Hooli", Domains: []string{"hooli.com"}}}
	if seed%6 == 0 {
		list = append(list, matching.Account{Name: "Calder Rail Ltd", Domains: []string{"www.calder-rail.com"}})
	}
	return list
}

// credited adds policies with the bookings of a team: for statements, for a history, and
// for the comparison of two policies.
func credited(t *testing.T, p pool) {
	scope := compgen.DefaultScope()
	scope.Deals = 8
	for seed := range ledgers {
		team := compgen.AnyTeam(scope).Example(seed + 1)
		policies := make([]comp.Policy, 2)
		for i := range policies {
			policies[i] = compgen.AnyPolicy().Example(seed + 1 + 7*i)
			if seed%3 == i {
				policies[i].Rates = compgen.AnyRates(scope, team).Example(seed + 1)
			}
		}
		if seed%4 == 0 {
			policies[1] = policies[0].Under([]comp.Model{comp.Origination, comp.Split, comp.RoleBased}[seed/4%3])
		}
		ledger := compgen.AnyLedgerOf(scope, team, policies[0]).Example(seed + 1)
		p.add("views.statement", text(t, together{"policy": policies[0], "bookings": ledger.Bookings, "movements": movements(ledger, seed)}))
		ledger = compgen.AnyLedgerOf(scope, team, policies...).Example(seed + 1)
		p.add("views.impact", text(t, together{"before": policies[0], "after": policies[1], "bookings": ledger.Bookings, "movements": movements(ledger, seed)}))
		if seed%2 == 0 {
			history := compgen.AnyHistory(scope).Example(seed + 1)
			bookings := compgen.AnyLedgerOf(scope, team, compgen.PoliciesOf(history)...).Example(seed + 1).Bookings
			p.add("views.dated", text(t, together{"history": history, "bookings": bookings, "registered": "2026-03-31"}))
		}
	}
	for seed := range 200 { // mostly nonsense, but well formed
		bookings := []comp.Booking{factgen.Booking().Example(seed + 1), compgen.AnyBooking(scope, compgen.AnyTeam(scope).Example(seed+1)).Example(seed + 1).WithRoles(model.Partner)}
		p.add("views.statement", text(t, together{"policy": compgen.AnyPolicy().Example(seed + 1), "bookings": bookings}))
	}
}

// movements take bookings of a ledger back, some in part, and pay others in instalments.
func movements(ledger compgen.Ledger, seed int) []together {
	var list []together
	for i, r := range ledger.Reversals {
		m := together{"id": r.ID, "of": r.Of, "on": r.On}
		if (seed+i)%2 == 0 {
			m["amount"] = value.MustMoney("0.01 USD")
		}
		list = append(list, m)
	}
	if len(ledger.Bookings) > 0 && seed%3 == 0 {
		b := ledger.Bookings[seed%len(ledger.Bookings)]
		list = append(list, together{"id": "I-1", "of": b.ID, "on": b.Closed, "receives": true, "amount": value.MustMoney("0.01 USD")},
			together{"id": "I-2", "of": b.ID, "on": "2026-12-31", "receives": true})
	}
	return list
}

// exports adds the exports of the examples under every mapping that stands beside one.
func exports(t *testing.T, p pool) {
	files, err := filepath.Glob("examples/*/*.csv")
	more, _ := filepath.Glob("examples/*/sample/*.csv") // the pattern is a good one
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, more...) {
		export, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		beside, _ := filepath.Glob(filepath.Join(filepath.Dir(file), "*.json"))
		for _, name := range beside {
			document, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if readers["crmcsv.mapping"](document) {
				addExport(t, p, document, strings.SplitAfter(string(export), "\n"))
			}
		}
	}
}

// addExport adds an export whole, and in pieces under its header.
func addExport(t *testing.T, p pool, mapping []byte, lines []string) {
	for first := 1; first < len(lines); first += 5 {
		piece := lines[0] + strings.Join(lines[first:min(first+5, len(lines))], "")
		p.add("views.crmcsv", text(t, together{"mapping": json.RawMessage(mapping), "export": piece}))
	}
	p.add("views.crmcsv", text(t, together{"mapping": json.RawMessage(mapping), "export": strings.Join(lines, "")}))
}
