package crmcsv_test

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/coselling/coselling/crmcsv"
)

const longHead = "Deal,Amount,Closed,Account,Lead,Brought by,Rep,Side,Company,Share\n"

func longMapping(fields string) string {
	return `{"export": "long", "several_rows": true, ` + strings.Replace(severalFields, "}}", "}"+fields+"}", 1) +
		`, "payees": [` + payeeOf("") + `]}`
}

// No deal comes out with part of its payees because one of its rows cannot be read.
func TestADealBesideARowThatCannotBeReadIsLeftOut(t *testing.T) {
	const (
		one, two = "D-1,1000.00,2026-11-02,,,,ana,partner,acme,\n", "D-1,,,,,,bo,vendor,us,\n"
		next     = "D-2,5.00,2026-11-02,,,,bo,vendor,us,\n"
		d1       = "2 D-1 1000.00 USD   ana/acme bo/us"
		repeated = `Deal: "D-1" is the id of line 2 too`
		leftOut  = "the row is left out with its deal: line %d beside the deal has no id that can be read"
	)
	left := func(line, stray int) string { return fmt.Sprintf("line %d: "+leftOut, line, stray) }
	for _, c := range []struct {
		name, rows string
		want       []string
	}{
		{"sound", one + two + next, []string{d1, "4 D-2 5.00 USD   bo/us"}},
		{"no CSV within", one + "D-1,,,,,,i\"ra,partner,acme,\n" + two + next,
			[]string{left(2, 3), "line 3: the row is no CSV", "line 4: " + repeated, "5 D-2"}},
		{"no CSV behind", one + two + "D-1,\"x\n" + next, []string{left(2, 4), "line 4: ", left(5, 4)}},
		{"no CSV in front", "D-1,\"x\n" + one + two + next, []string{"line 2: ", left(3, 2), "5 D-2"}},
		{"no CSV at the end", one + two + "D-1,\"x", []string{left(2, 4), "line 4: "}},
		{"few cells within", one + "D-1,,,\n" + "D-1,,,,,,ira,partner\n" + two + next,
			[]string{"line 4: the row has 8 cells, the header has 10", "6 D-2"}},
		{"many cells behind", one + two + "D-1,,,,,,ira,partner,acme,,\n" + next,
			[]string{"line 4: the row has 11 cells, the header has 10", "5 D-2"}},
		{"few cells in the first row", "D-1,1000.00\n" + one + two + next,
			[]string{"line 2: the row has 2 cells, the header has 10", "5 D-2"}},
		{"few cells of another deal", one + two + "D-3,x\n" + next, []string{d1, "line 4: the row has 2 cells", "5 D-2"}},
		{"no id", one + ",,,,,,bo,vendor,us,\n" + next, []string{left(2, 3), "line 3: Deal: nothing", left(4, 3)}},
		{"an id that is no text", one + "D-1\xff,,,,,,bo,vendor,us,\n" + next, []string{left(2, 3), "line 3: ", left(4, 3)}},
	} {
		t.Run(c.name, func(t *testing.T) { wantDeals(t, readDeals(t, longMapping(""), longHead+c.rows), c.want) })
	}
	const last = "Amount,Closed,Account,Lead,Brought by,Rep,Side,Company,Share,Deal\n"
	wantDeals(t, readDeals(t, longMapping(""), last+"5.00,2026-11-02,,,,ana,partner,acme,,D-1\n5.00,2026-11-02,,,,ana,partner,acme,\n"),
		[]string{left(2, 3), "line 3: the row has 9 cells, the header has 10"})
	r, err := crmcsv.NewReader(io.MultiReader(strings.NewReader(longHead+one), iotest.ErrReader(io.ErrClosedPipe)),
		mapping(t, longMapping("")))
	if err != nil {
		t.Fatal(err)
	}
	var d crmcsv.Row
	first, second := r.Read(&d), r.Read(&d)
	if first == nil || !strings.HasPrefix(first.Error(), left(2, 3)) || second != io.ErrClosedPipe {
		t.Errorf("a file that breaks off: %v, then %v", first, second)
	}
}

// A deal has at most 1,000 payees, and the rows of one deal are read in linear time.
func TestADealInSeveralRowsIsBounded(t *testing.T) {
	file := func(payees int, cells string) string {
		var b strings.Builder
		b.WriteString(longHead + "D-1,1000.00,2026-11-02,,,,,,,\n")
		for i := range payees {
			fmt.Fprintf(&b, "D-1,,,,,,r%d,partner,o%d,1%%%s\n", i, i, cells)
		}
		return b.String() + "D-2,5.00,2026-11-02,,,,bo,vendor,us,\n"
	}
	got := readDeals(t, longMapping(""), file(1000, ""))
	if len(got) != 2 || !strings.HasSuffix(got[0], "o999=1%") {
		t.Errorf("1,000 payees: %.200q", got)
	}
	wantDeals(t, readDeals(t, longMapping(""), file(1001, "")),
		[]string{"line 1003: 1001 payees are too many", "1004 D-2"})
	start := time.Now()
	wantDeals(t, readDeals(t, longMapping(""), file(100_000, "")), []string{"line 1003: 1001 payees", "100003 D-2"})
	if took := time.Since(start); took > time.Minute {
		t.Errorf("100,000 rows of one deal took %v", took)
	}
	if got := readDeals(t, longMapping(""), file(2000, ",")); len(got) != 101 || !strings.HasPrefix(got[100], "2003 D-2") {
		t.Errorf("2,000 rows with a cell too many: %d results, last %s", len(got), got[len(got)-1])
	}
}

// The further rows of a reversal add no payees and no shares, and do not contradict it.
func TestAReversalInSeveralRowsHasNoPayees(t *testing.T) {
	m := longMapping(`, "reverses": {"column": "Account"}`)
	m = strings.Replace(m, `"account": {"column": "Account"},`, "", 1)
	wantDeals(t, readDeals(t, m, longHead+
		"R-1,1000.00,2026-11-02,D-1,,,ana,partner,acme,60%\n"+
		"R-1,,,,,,ira,partner,integra,40%\n"+
		"R-2,1000.00,2026-11-02,D-2,,,,,,\n"+
		"R-2,5.00,,,,,ira,partner,integra,40%\n"),
		[]string{"2 R-1 1000.00 USD  $", `line 5: Amount: "5.00" contradicts line 4`})
}

// The first row states the facts and need not name a payee; a deal credits somebody by its last row.
func TestTheFirstRowStatesTheFacts(t *testing.T) {
	wantDeals(t, readDeals(t, longMapping(""), longHead+
		"D-1,1000.00,2026-11-02,,acme,,,,,\n"+
		"D-1,,,,,,ana,partner,acme,\n"+
		"D-1,,,,,,bo,vendor,us,\n"+
		"D-2,5.00,2026-11-02,,,,,,,\n"+
		"D-2,5.00,2026-11-02,,,,,,,\n"+
		"D-3,5.00,2026-11-02,,,,,,,\n"+
		"D-3,,,Calder,,,bo,vendor,us,\n"+
		"D-4,,2026-11-02,,,,,,,\n"),
		[]string{"2 D-1 1000.00 USD acme  ana/acme bo/us$", "line 5: nobody is credited; a deal needs at least one rep",
			`line 8: Account: "Calder" contradicts line 7 of the same deal, nothing`, "line 9: Amount: nothing is stated"})
}
