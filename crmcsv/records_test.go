package crmcsv_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/value"
)

// Each case is a broken row on line 3 between sound ones; the others are read.
func TestBrokenRowLosesItsOwnLinesOnly(t *testing.T) {
	for _, c := range []struct {
		name, row string
		bad       string // lines of the bad rows
		says      string
	}{
		{"bare quote", "D-2,5\",ana\n", "[3]", `the row is no CSV: bare " in non-quoted`},
		{"quote inside a quoted cell", "\"D\"2\",5,ana\n", "[3]", `the row is no CSV: extraneous or missing "`},
		{"quote that a later quote ends", "\"D-2,5,ana\nD-2,5,\"ana\"\n", "[3]", `the row is no CSV: extraneous or missing "`},
		{"quote that nothing ends", "D-2,\"5,ana\n", "[3]", `the row is no CSV: extraneous or missing "`},
		{"quotes that nothing ends", "D-2,\"5,ana\n\"\"\"\",6,ana\nD-3,\"5,ana\n", "[3 5]", `the row is no CSV: extraneous or missing "`},
		{"a quote alone", "\"\n", "[3]", `the row is no CSV`},
		{"two bare quotes in a quoted note of two lines", "\"D-2\nsays \"hi\" twice\",5,ana\n", "[3 4]", `the row is no CSV`},
		{"too few cells", "D-2,5\n", "[3]", "the row has 2 cells, the header has 3"},
		{"too many cells", "D-2,5,ana,\n", "[3]", "the row has 4 cells, the header has 3"},
		{"a separator too many in an amount", "D-2,1,234.50,ana\n", "[3]", "the row has 4 cells, the header has 3"},
		{"a carriage return inside", "D-2,5\rD-3,ana\n", "[3]", "not a plain number"},
	} {
		for _, end := range []string{"\n", "\r\n"} {
			t.Run(c.name+fmt.Sprintf("%q", end), func(t *testing.T) {
				csv := strings.ReplaceAll("id,value,rep\nbefore,1,ana\n"+c.row+"after,2,ana\nlast,3,ana\n", "\n", end)
				deals, bad := read(t, smallest, csv)
				lines := []int{}
				for _, row := range bad {
					lines = append(lines, row.Line)
				}
				if fmt.Sprint(lines) != c.bad || !strings.Contains(bad[0].Error(), c.says) {
					t.Fatalf("bad rows on lines %v: %v", lines, bad)
				}
				ids := map[string]int{}
				for _, d := range deals {
					ids[d.Booking.ID] = d.Line
				}
				rows := strings.Count(c.row, "\n")
				if ids["before"] != 2 || ids["after"] != 3+rows || ids["last"] != 4+rows {
					t.Errorf("deals on lines %v, want the sound rows among them", ids)
				}
			})
		}
	}
}

// Rows above the bound are refused as a whole; the next line is read.
func TestRowIsBounded(t *testing.T) {
	huge := strings.Repeat("x", 2<<20)
	for _, c := range []struct {
		name, row string
		lines     int
	}{
		{"one line", "D-2,5," + huge + "\n", 1},
		{"one quoted line", "D-2,5,\"" + huge + "\"\n", 1},
		{"one line that opens a quote", "D-2,5,\"" + huge + "\n", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			deals, bad := read(t, smallest, "id,value,rep\nbefore,1,ana\n"+c.row+"after,2,ana\n")
			if len(bad) != 1 || bad[0].Line != 3 || !errors.Is(bad[0], value.Code("row.csv")) || !strings.Contains(bad[0].Error(), "is above 1 MiB or 1,000 lines") {
				t.Fatalf("%.200v", bad)
			}
			if len(deals) != 2 || deals[1].Booking.ID != "after" || deals[1].Line != 4 {
				t.Errorf("%+v", deals)
			}
		})
	}
}

// Of a quote that is not closed within the bound only the line is lost. Many lines are then
// read again, which must not take quadratic time.
func TestOpenQuoteBeforeManyRows(t *testing.T) {
	const rows = 20_000 // of 300 bytes: well above 1 MiB
	var csv strings.Builder
	csv.WriteString("id,value,rep,note\n\"open,1,ana,\n")
	for i := range rows {
		fmt.Fprintf(&csv, "D-%d,5,ana,%s\n", i, strings.Repeat("n", 290))
	}
	start := time.Now()
	deals, bad := read(t, smallest, csv.String())
	if len(deals) != rows || len(bad) != 1 || bad[0].Line != 2 {
		t.Fatalf("%d deals, bad rows %v", len(deals), bad)
	}
	if last := deals[rows-1]; last.Line != rows+2 || last.Booking.ID != fmt.Sprintf("D-%d", rows-1) {
		t.Errorf("%+v", last)
	}
	if took := time.Since(start); took > time.Minute {
		t.Errorf("took %s", took)
	}
}

func TestEmptyLinesAreSkipped(t *testing.T) {
	const empty = 5 << 20
	deals, bad := read(t, smallest, "id,value,rep\n"+strings.Repeat("\n", empty)+"D-1,5,ana\n")
	if len(deals) != 1 || len(bad) != 0 || deals[0].Line != empty+2 {
		t.Errorf("%v %v", deals, bad)
	}
}
