package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	cmpdiff "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/comptest"
	"github.com/coselling/coselling/comp/timeline"
	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// byOneBook compares a file as compare does, but by one reader, which holds all deals, and a currency at a time. It
// returns what is printed, and what is said about the file.
func byOneBook(t *testing.T, file, mapping string, sides [2]string) (out, said string) {
	parsed, err := parseMapping([]byte(mapping))
	if err != nil {
		t.Fatal(err)
	}
	reader, err := crmcsv.NewReader(strings.NewReader(file), parsed)
	if err != nil {
		t.Fatal(err)
	}
	b := comptest.Bookings{Engagements: map[string]model.Engagement{}}
	var bad []string
	left := 0
	for {
		var deal crmcsv.Row
		err := reader.Read(&deal)
		if err == io.EOF {
			break
		}
		wrong, isBad := errors.AsType[*crmcsv.BadRow](err)
		switch {
		case isBad:
			bad = append(bad, "  "+wrong.Error())
		case err != nil:
			return "", "coselling: deals.csv: " + err.Error() + "\n"
		case deal.Status != crmcsv.Won:
			left++
		case deal.Reverses != "":
			m := comp.Movement{ID: deal.Booking.ID, Of: deal.Reverses, Kind: comp.Reversed, On: deal.Booking.Closed}
			if deal.Booking.Value.Sign() < 0 {
				m.Amount = deal.Booking.Value.Neg()
			}
			b.Movements = append(b.Movements, m)
		default:
			deal.Booking.Payees = slices.Clone(deal.Booking.Payees)
			b.Deals = append(b.Deals, deal.Booking)
			for _, p := range deal.Booking.Payees {
				if e, err := model.Recommend(deal.Signals, deal.Booking.Registrant).Decided(); p.Role == 0 && err == nil {
					b.Engagements[deal.Booking.ID] = e
				}
			}
			if deal.Engagement != 0 {
				b.Engagements[deal.Booking.ID] = deal.Engagement
			}
		}
	}
	for _, doubt := range reader.Doubts() {
		said += "coselling: doubt: " + doubt.String() + "\n"
	}
	said += fmt.Sprintf("coselling: %s, %s; %d left out, open or lost\n", counted(len(b.Deals), "deal", "deals"),
		counted(len(b.Movements), "reversal", "reversals"), left)
	for _, doubt := range parsed.Doubts() {
		said += "coselling: doubt: " + doubt + "\n"
	}
	if n := len(bad); n > 0 {
		said += fmt.Sprintf("coselling: deals.csv: %s cannot be read:\n%s", counted(n, "row", "rows"),
			strings.Join(bad[:min(n, 100)], "\n")) + "\n"
		if n > 100 {
			said += "  and " + counted(n-100, "more row", "more rows") + "\n"
		}
	}
	m := &memo{names: [2]string{"old.json", "new.json"}}
	for i, text := range sides {
		if err := m.sides[i].comp.UnmarshalJSON([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	var printed strings.Builder
	o := &comparing{at: value.MustDate("2026-11-30"), terms: timeline.DefaultTerms()}
	err = m.make(o, impactOver(b))
	if err == nil {
		err = m.print(&call{out: &printed, format: "json"})
	}
	if err != nil {
		return "", said + "coselling: " + err.Error() + "\n"
	}
	return printed.String(), said
}

// A comparison of a file in shards gives the bytes of one reader that holds all deals, however the file is spoiled:
// where no rate counts over a period, where only one side can price a deal, and where rates do, whether or not the file
// is in the order of days.
func TestCompareInShardsGivesWhatOneReaderGives(t *testing.T) {
	flat, rates, next := sampleFile(t, "policy.json"), readFile(t, documents["policy"]),
		readFile(t, change+"policy-2027q1.json")
	raised := strings.Replace(flat, `"technical_validation": "30%"`, `"technical_validation": "32%"`, 1)
	dropped := strings.Replace(flat, `"30%",`, `"30%"`, 1)
	dropped = strings.Replace(dropped, `"true_co_sell": "50%"`, "", 1)
	usual := [2]string{sampleFile(t, "deals.csv"), sampleFile(t, "map.json")}
	counting := [2]string{historyFile(t, "deals-2026.csv"), historyFile(t, "deals-map.json")}
	t.Chdir(t.TempDir())
	write := func(name, text string) {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		c := rapid.SampledFrom([]struct{ files, sides [2]string }{
			{usual, [2]string{flat, raised}}, {usual, [2]string{dropped, flat}}, {counting, [2]string{rates, next}},
		}).Draw(r, "what")
		file := spoiled(c.files[0], rapid.IntRange(0, 1200).Draw(r, "rows"), rapid.Uint64().Draw(r, "seed"),
			rapid.Bool().Draw(r, "in order"))
		for name, text := range map[string]string{"deals.csv": file, "map.json": c.files[1], "old.json": c.sides[0],
			"new.json": c.sides[1]} {
			write(name, text)
		}
		status, out, said := ran("", "compare", "old.json", "new.json", "-deals", "deals.csv", "-map", "map.json", "-at",
			"2026-11-30", "-format", "json")
		wantOut, wantSaid := byOneBook(t, file, c.files[1], c.sides)
		if out != wantOut || said != wantSaid || (status == 2) != (out == "") {
			r.Fatalf("status %d\n%s\n%s", status, cmpdiff.Diff(wantOut, out), cmpdiff.Diff(wantSaid, said))
		}
		if status, piped, _ := ran(file, "compare", "old.json", "new.json", "-deals", "-", "-map", "map.json", "-at",
			"2026-11-30", "-format", "json"); piped != out {
			r.Fatalf("status %d: a pipe gives another comparison", status)
		}
	})
}
