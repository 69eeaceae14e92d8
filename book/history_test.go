package book_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/timeline"
	"github.com/coselling/coselling/internal/wiregen"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// edition returns the default book with a version, a date and a change.
func edition(version, from string, changes ...func(*book.Book)) book.Book {
	b := book.Default()
	b.Version, b.From = version, value.MustDate(from)
	for _, change := range changes {
		change(&b)
	}
	return b
}

func dearer(b *book.Book) {
	b.Comp.RoleBased.Contributions[comp.TechnicalValidation] = value.MustPercent("40%")
}

func shorter(b *book.Book) { b.Registration.Protection = 60 }

func TestHistoryReturnsTheBookInForce(t *testing.T) {
	books, err := book.NewHistory(timeline.DefaultTerms(),
		edition("a", "2026-01-15"), edition("b", "2026-02-10", shorter), edition("c", "2026-04-01", shorter, dearer),
		edition("d", "2026-04-02", dearer))
	if err != nil {
		t.Fatal(err)
	}
	for day, want := range map[string]string{"2026-01-15": "a", "2026-02-09": "a", "2026-02-10": "b", "2026-03-31": "b",
		"2026-04-01": "c", "2026-04-02": "d", "9999-12-31": "d"} {
		if b, err := books.On(value.MustDate(day)); err != nil || b.Version != want {
			t.Errorf("%s: %s, %v, want %s", day, b.Version, err, want)
		}
		compBy := map[string]string{"a": "a", "b": "a", "c": "c", "d": "c"}[want]
		if v, err := books.Comp().On(value.MustDate(day)); err != nil || v.Version != compBy {
			t.Errorf("comp.consistent %s: %s, %v, want %s", day, v.Version, err, compBy)
		}
	}
	for _, day := range []value.Date{{}, value.MustDate("2026-01-14")} {
		if _, err := books.On(day); !errors.Is(err, timeline.Uncovered) {
			t.Errorf("%s: %v", day, err)
		}
	}
	if _, err := (book.History{}).On(value.MustDate("2026-01-14")); !errors.Is(err, timeline.Uncovered) {
		t.Error(err)
	}
}

func TestNewHistoryRefusesBadBooks(t *testing.T) {
	for _, c := range []struct {
		name  string
		terms timeline.Terms
		books []book.Book
		want  []string
	}{
		{"none", timeline.DefaultTerms(), nil, []string{"books: 0 books are given"}},
		{"too many", timeline.DefaultTerms(), make([]book.Book, 401), []string{"books: 401 books"}},
		{"one day, one version", timeline.DefaultTerms(),
			[]book.Book{edition("a", "2026-01-01"), edition("a", "2026-01-01")},
			[]string{`books[1].version: "a" is the version of books[0] already`,
				"books[1].from: 2026-01-01 is the first day"}},
		{"order, and a bad policy", timeline.DefaultTerms(),
			[]book.Book{edition("a", "2026-02-01"),
				edition("b", "2026-01-01", func(b *book.Book) { b.Comms.DebriefDays = 0 })},
			[]string{"books[1].comms.debrief_days: 0 is outside 1 to 30", "books[1].from: 2026-01-01 is before"}},
		{"no date", timeline.DefaultTerms(),
			[]book.Book{edition("a", "2026-02-01"),
				edition("b", "2026-03-01", func(b *book.Book) { b.From = value.Date{} })},
			[]string{"books[1].from: nothing stands here; the value is needed"}},
		{"comp.quarter_lock", timeline.DefaultTerms(),
			[]book.Book{edition("a", "2026-01-01"), edition("b", "2026-02-01", shorter),
				edition("c", "2026-05-15", dearer)},
			[]string{"books[2].from: 2026-05-15 lies inside the fiscal quarter 2026-04-01 to 2026-06-30; the next " +
				"legal date is 2026-07-01"}},
		{"fiscal year", timeline.DefaultTerms(), []book.Book{edition("a", "2026-01-01", func(b *book.Book) {
			b.Comp.Rates.Year.Start = 2
			b.Comp.Rates.Tables = map[comp.TableID]comp.RateTable{"t": {Measure: comp.DealAmount, Method: comp.Marginal,
				Currency: value.MustCurrency("USD"), Tiers: []comp.Tier{{Rate: value.MustPercent("5%")}}}}
		})}, []string{`books[0].comp.rates.year_start: "february" is not the month`}},
		{"terms", timeline.Terms{}, []book.Book{edition("a", "2026-01-01")}, []string{"fiscal_year: ", "dated_by: "}},
	} {
		books, err := book.NewHistory(c.terms, c.books...)
		if err == nil || !reflect.DeepEqual(books, book.History{}) {
			t.Errorf("%s: %v is taken", c.name, books)
			continue
		}
		lines := strings.Split(err.Error(), "\n")
		for i, want := range c.want {
			if i >= len(lines) || !strings.HasPrefix(lines[i], want) {
				t.Errorf("%s: %v, want %q", c.name, err, c.want)
			}
		}
		if len(lines) != len(c.want) && c.name != "too many" {
			t.Errorf("%s: %d problems: %v", c.name, len(lines), err)
		}
	}
}

// A history shares nothing with the books that it takes and returns.
func TestAHistorySharesNothing(t *testing.T) {
	given := edition("a", "2026-01-01")
	simplified := given.Stage.Playbooks[3].Steps
	if i := slices.IndexFunc(simplified[0].Tasks, func(t stage.Task) bool { return len(t.Covers) > 0 }); i < 0 {
		t.Fatal("nothing is covered, so nothing of it can be shared")
	}
	books, err := book.NewHistory(timeline.DefaultTerms(), given)
	if err != nil {
		t.Fatal(err)
	}
	want, err := given.Document()
	if err != nil {
		t.Fatal(err)
	}
	out, err := books.On(given.From)
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string]book.Book{"given": given, "On": out, "All": books.All()[0]} {
		wiregen.Spoil(reflect.ValueOf(&b).Elem())
		for _, held := range []func() (book.Book, error){func() (book.Book, error) { return books.All()[0], nil },
			func() (book.Book, error) { return books.On(given.From) }} {
			agreed, err := held()
			if err != nil {
				t.Fatal(err)
			}
			if got, err := agreed.Document(); err != nil || string(got) != string(want) {
				t.Fatalf("%s: the history has changed: %v", name, err)
			}
		}
	}
}
