package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/value"
)

// historyFile returns a file of the example whose rates count over a quarter, with a
// floor and a cap.
func historyFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "examples", "policychange", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// onHistory runs the program on rows of that example.
func onHistory(t *testing.T, deals string, args ...string) (string, error) {
	t.Helper()
	return tryOutput(append([]string{
		filed(t, "deals.csv", deals), "-map", filed(t, "map.json", historyFile(t, "deals-map.json")),
		"-policy", filed(t, "policy.json", historyFile(t, "policy-2026q4.json")), "-format", "csv",
	}, args...)...)
}

// slowTotals prices the won deals without the program: sorted, in one run, and with every
// period closed.
func slowTotals(t *testing.T, deals string) map[string]string {
	t.Helper()
	policy, err := comp.ParsePolicy([]byte(historyFile(t, "policy-2026q4.json")))
	if err != nil {
		t.Fatal(err)
	}
	plan, err := comp.Compile(policy)
	if err != nil {
		t.Fatal(err)
	}
	mapping, err := crmcsv.ParseMapping([]byte(historyFile(t, "deals-map.json")))
	if err != nil {
		t.Fatal(err)
	}
	reader, err := crmcsv.NewReader(strings.NewReader(deals), mapping)
	if err != nil {
		t.Fatal(err)
	}
	var won []comp.Booking
	for deal, err := range reader.Rows() {
		if err != nil || deal.Status != crmcsv.Won || deal.Reverses != "" {
			continue
		}
		primary, err := policy.PrimarySide(deal.Engagement, deal.Booking.Origin())
		if err != nil {
			t.Fatal(err)
		}
		won = append(won, deal.Booking.WithRoles(primary))
	}
	slices.SortFunc(won, func(a, b comp.Booking) int {
		return a.Closed.Compare(b.Closed)*2 + strings.Compare(a.ID, b.ID)
	})
	run, totals := plan.Run(), comp.Totals{}
	add := func(s comp.Statement, err error) {
		if err != nil {
			t.Fatal(err)
		}
		if err := totals.Add(s); err != nil {
			t.Fatal(err)
		}
	}
	for _, end := range []string{"2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"} {
		for len(won) > 0 && !won[0].Closed.After(value.MustDate(end)) {
			add(run.Statement(won[0]))
			won = won[1:]
		}
		add(run.Close("floors to "+end, value.MustDate(end)))
	}
	payees, err := totals.Payees()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for _, p := range payees {
		want[p.Payee] = plain(p.Commission)
	}
	return want
}

func earnedByRep(t *testing.T, text string) map[string]string {
	t.Helper()
	got := map[string]string{}
	for _, row := range csvRows(t, text) {
		if row["scope"] == "rep" && row["stage"] == "earned" {
			got[row["rep"]] = row["commission"]
		}
	}
	return got
}

// Rates that count over a period are computed in the order of closing dates, from a file in
// that order or, with -sort, in any order. comp.floor is paid at the end.
func TestRatesWithAHistory(t *testing.T) {
	header, rest, _ := strings.Cut(historyFile(t, "deals-2026.csv"), "\n")
	var rows []string
	for line := range strings.Lines(rest) {
		if strings.HasSuffix(line, ",\n") { // no reversals
			rows = append(rows, line)
		}
	}
	day := func(row string) string {
		cells := strings.Split(row[strings.LastIndex(row, `"`)+1:], ",")
		return cells[1]
	}
	slices.SortStableFunc(rows, func(a, b string) int { return strings.Compare(day(a), day(b)) })
	inOrder := header + "\n" + strings.Join(rows, "")
	want := slowTotals(t, inOrder)
	text, err := onHistory(t, inOrder, "-as-of", "2026-12-31")
	if err != nil {
		t.Fatal(err)
	}
	if got := earnedByRep(t, text); len(want) < 5 || !equalMaps(got, want) {
		t.Errorf("in order: %v, want %v", got, want)
	}
	if !strings.Contains(text, ",floors,") || !strings.Contains(text, ",floor,") {
		t.Error("no floor is paid")
	}
	slices.Reverse(rows)
	reversed := header + "\n" + strings.Join(rows, "")
	sorted, err := onHistory(t, reversed, "-as-of", "2026-12-31", "-sort")
	if err != nil || !equalMaps(earnedByRep(t, sorted), want) {
		t.Errorf("sorted: %v %v, want %v", err, earnedByRep(t, sorted), want)
	}
	if out, err := onHistory(t, reversed); err == nil || out != "" ||
		!strings.Contains(err.Error(), "sort the file by closing date, or give -sort, which holds all deals in memory") {
		t.Errorf("out of order: %v", err)
	}
}

func equalMaps(a, b map[string]string) bool {
	for key, v := range a {
		if b[key] != v {
			return false
		}
	}
	return len(a) == len(b)
}

// A reversal lowers the rep's credit from its day on. It needs -sort, and takes back what the
// deal paid.
func TestReversalWithAHistory(t *testing.T) {
	deals := historyFile(t, "deals-2026.csv")
	if out, err := onHistory(t, deals); err == nil || out != "" ||
		!strings.Contains(err.Error(), "takes a deal back, and rates of the policy count over a period; give -sort") {
		t.Errorf("%v", err)
	}
	text, err := onHistory(t, deals, "-sort")
	if err != nil {
		t.Fatal(err)
	}
	paid := map[string]string{}
	taken := 0
	for _, row := range csvRows(t, text) {
		switch row["stage"] {
		case "won":
			paid[row["deal"]+row["rep"]] = row["commission"]
		case "reversal":
			of, _ := strings.CutPrefix(row["why"], "takes back ")
			if paid[of+row["rep"]] != strings.TrimPrefix(row["commission"], "-") {
				t.Errorf("%v takes back %s", row, paid[of+row["rep"]])
			}
			taken++
		}
	}
	if taken == 0 {
		t.Error("nothing is taken back")
	}
}

// With flat rates -sort changes the order of rows, but no figure.
func TestSortOfFlatRates(t *testing.T) {
	plainRun, sorted := output(t), output(t, "-sort")
	_, a, _ := strings.Cut(plainRun, "EUR  EARNED")
	_, b, _ := strings.Cut(sorted, "EUR  EARNED")
	if a != b || plainRun == sorted {
		t.Error("-sort changes the totals, or nothing")
	}
	checkSums(t, sorted)
}

// comp.floor: the last period is closed if the day of -as-of is its last day or later.
func TestLastPeriodIsClosedOnceItIsOver(t *testing.T) {
	header, rest, _ := strings.Cut(historyFile(t, "deals-2026.csv"), "\n")
	first, _, _ := strings.Cut(rest, "\n") // ana.diaz, on 2026-01-08, far below the floor of the quarter
	for asOf, want := range map[string]bool{"": false, "2026-03-30": false, "2026-03-31": true, "2026-12-31": true} {
		args := []string{"-as-of", asOf}
		if asOf == "" {
			args = nil
		}
		text, err := onHistory(t, header+"\n"+first+"\n", args...)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(text, ",ana.diaz,floor,"); got != want {
			t.Errorf("as of %q: floors paid: %v", asOf, got)
		}
	}
}

// An open deal whose rate counts over a period cannot be projected. That is not a mistake of
// the file, so it is counted and not listed.
func TestOpenDealOfAPeriodsRateIsCounted(t *testing.T) {
	text, err := onHistory(t, historyFile(t, "deals-2026.csv"), "-sort", "-as-of", "2026-06-30", "-format", "text")
	if err != nil {
		t.Fatal(err)
	}
	has(t, text, "booking.table.history", "open, and its rate counts over a period: nothing can be projected")
	if strings.Contains(text, "price the booking in a run") {
		t.Errorf("somebody is asked to write a program:\n%s", text)
	}
}

// Deals in the queue keep their payees while the file is read further.
func TestSortHoldsWhatItWasGiven(t *testing.T) {
	file := filed(t, "deals.csv", bigFile(t, 3000))
	args := []string{file, "-map", filed(t, "map.json", sampleFile(t, "map.json")), "-format", "csv"}
	lines := func(more ...string) []string {
		text, err := tryOutput(append(args, more...)...)
		if err != nil {
			t.Fatal(err)
		}
		return slices.Sorted(strings.Lines(text))
	}
	if !slices.Equal(lines(), lines("-sort")) {
		t.Error("-sort changes rows, and not only their order")
	}
}

// An entry that is kept stays valid while the original is reused for another deal.
func TestKeptEntriesStand(t *testing.T) {
	e := &entry{deal: crmcsv.Row{Booking: comp.Booking{Payees: []comp.Payee{{Rep: "ana"}}}}}
	e.statements[comp.Split].Lines = []comp.Line{{Payee: "ana"}}
	kept := e.clone()
	e.deal.Booking.Payees[0].Rep, e.statements[comp.Split].Lines[0].Payee = "eve", "eve"
	if kept.deal.Booking.Payees[0].Rep != "ana" || kept.statements[comp.Split].Lines[0].Payee != "ana" {
		t.Errorf("%+v", kept)
	}
}
