package crmcsv_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/value"
)

// endOf reads a file and returns the number of its deals and the error with which it ends.
func endOf(t *testing.T, mappingText, csv string) (deals int, end, checked error) {
	t.Helper()
	for _, check := range []bool{true, false} {
		reader, err := crmcsv.NewReader(strings.NewReader(csv), mapping(t, mappingText))
		if err != nil {
			t.Fatal(err)
		}
		if check {
			checked = reader.Check()
			continue
		}
		for _, err := range reader.Rows() {
			if _, isBad := err.(*crmcsv.BadRow); err == nil {
				deals++
			} else if !isBad {
				end = err
			}
		}
		var deal crmcsv.Row
		if err := reader.Read(&deal); end != nil && (err == nil || err.Error() != end.Error()) {
			t.Errorf("the end is %v, and then %v", end, err)
		}
	}
	return deals, end, checked
}

// CASES F3: the file as a whole contradicts the order of day and month.
func TestFileThatContradictsItsOrderOfDayAndMonthIsRefused(t *testing.T) {
	for _, c := range []struct {
		name, layouts, stage string
		days                 []string
		contradicts          bool
	}{
		{"swapped", `"MM/DD/YYYY"`, "won", []string{"04/08/2026", "19/07/2026", "02/03/2026"}, true},
		{"swapped by open deals only", `"MM/DD/YYYY"`, "open", []string{"04/08/2026", "19/07/2026"}, true},
		{"the last row alone", `"DD/MM/YYYY"`, "won", []string{"04/08/2026", "07/19/2026"}, true},
		{"with a time", `"M/D/YYYY H:mm"`, "won", []string{"04/08/2026 1:00", "19/07/2026 1:00"}, true},
		{"in a list with a day that nobody swaps", `["D MMM YYYY", "MM/DD/YYYY"]`, "won", []string{"4 Jul 2026", "19/07/2026"}, true},
		{"in a list without a day for certain", `["MM-DD-YYYY", "MM/DD/YYYY"]`, "won", []string{"04-08-2026", "19/07/2026"}, true},
		{"one row fits", `"MM/DD/YYYY"`, "won", []string{"19/07/2026", "07/19/2026", "20/07/2026"}, false},
		{"nothing is certain", `"MM/DD/YYYY"`, "won", []string{"04/08/2026", "05/08/2026"}, false},
		{"no day at all", `"MM/DD/YYYY"`, "open", []string{"", "soon"}, false},
		{"the year first", `"YYYY-MM-DD"`, "won", []string{"2026-19-07"}, false},
		{"a month by name", `"D MMM YYYY"`, "won", []string{"32 Jul 2026"}, false},
	} {
		var rows strings.Builder
		for i, day := range c.days {
			rows.WriteString(line(change{"id", string(rune('a' + i))}, change{"closed", day}, change{"stage", c.stage}))
		}
		_, end, checked := endOf(t, layoutMapping(c.layouts, ""), file(rows.String()))
		for _, err := range []error{end, checked} {
			if errors.Is(err, value.Code("file.days")) != c.contradicts || !c.contradicts && err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
		}
	}
	deals, end, _ := endOf(t, layoutMapping(`"MM/DD/YYYY"`, ""), file(line(), line(change{"id", "x"}, change{"closed", "04/08/2026"}),
		line(change{"id", "y"}, change{"closed", "19/07/2026"}), line(change{"id", "z"}, change{"closed", "20/07/2026"})))
	want := `mapping.fields.closed.format: MM/DD/YYYY fits no row alone, and 2 rows fit DD/MM/YYYY only, the first on line 4 ` +
		`with "19/07/2026"; write DD/MM/YYYY into the mapping, and discard what was read`
	if deals != 1 || end == nil || end.Error() != want {
		t.Errorf("%d deals, %v", deals, end)
	}
}

// CASES F3: the days may stand in the first column.
func TestDaysOfTheFirstColumnContradictTheirOrder(t *testing.T) {
	header := strings.NewReplacer("\nid,", "\nclosed,", ",closed,", ",id,").Replace("\n" + strings.Join(columns, ",") + "\n")[1:]
	row := line(change{"id", "19/07/2026"}, change{"closed", "a"})
	if _, end, _ := endOf(t, layoutMapping(`"MM/DD/YYYY"`, ""), header+row); !errors.Is(end, value.Code("file.days")) {
		t.Errorf("%s%s%v", header, row, end)
	}
}

// Check reads no more of a file than it needs.
func TestCheckStopsWhereTheOrderIsCertain(t *testing.T) {
	broken := errors.New("the disk is on fire")
	for day, want := range map[string]error{"07/19/2026": nil, "07/07/2026": broken} {
		rows := strings.NewReader(file(line(change{"closed", day})))
		reader, err := crmcsv.NewReader(io.MultiReader(rows, iotest.ErrReader(broken)), mapping(t, layoutMapping(`"MM/DD/YYYY"`, "")))
		if err != nil {
			t.Fatal(err)
		}
		if err := reader.Check(); err != want {
			t.Errorf("%s: %v, want %v", day, err, want)
		}
	}
	reader, err := crmcsv.NewReader(io.MultiReader(strings.NewReader(file()), iotest.ErrReader(broken)), mapping(t, plainMapping))
	if err != nil {
		t.Fatal(err)
	}
	if err := reader.Check(); err != nil {
		t.Error(err)
	}
}
