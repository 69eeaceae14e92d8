package comptest

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/internal/shards"
)

// exported returns an export of text.
func exported(t *testing.T, text string) Export {
	t.Helper()
	mapping, err := shards.ParseMapping([]byte(dealsMap))
	if err != nil {
		t.Fatal(err)
	}
	e, err := ReadExport(func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }, mapping)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func compiled(t *testing.T, p comp.Policy) *comp.Plan {
	t.Helper()
	plan, err := comp.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// Where rates count over a period, the deals of one day are held at a time where the file is in the order of days, and
// else all. More than the bound are an error that says what to do.
func TestAnExportHoldsADayAtATimeInOrder(t *testing.T) {
	head, rows, _ := strings.Cut(dealsCSV, "\n")
	lines := strings.SplitAfter(rows, "\n")
	plan, flat := compiled(t, everything()), compiled(t, comp.DefaultPolicy())
	for _, c := range []struct {
		text  string
		most  int
		plan  *comp.Plan
		isErr bool
	}{
		{dealsCSV, 1, plan, false},
		{head + "\n" + lines[1] + lines[0], 1, plan, true},
		{head + "\n" + lines[1] + lines[0], 2, plan, false},
		{strings.Replace(dealsCSV, "2026-02-20", "2026-01-20", 1), 1, plan, true},
		{head + "\n" + lines[1] + lines[0], 0, flat, false},
	} {
		e := exported(t, c.text)
		_, err := (&exportComparison{export: &e, before: flat, after: c.plan, most: c.most}).reports()
		if (err != nil) != c.isErr || err != nil && !strings.Contains(err.Error(), fmt.Sprintf("more than %d deals", c.most)) {
			t.Errorf("%d held of\n%s: %v", c.most, c.text, err)
		}
	}
}

// An error of a row or of the file ends the comparison, and there is no report.
func TestAnExportThatCannotBeComparedHasNoReport(t *testing.T) {
	flat := compiled(t, comp.DefaultPolicy())
	if reports, err := (Export{}).Impact(flat, flat); err != nil || reports != nil {
		t.Errorf("%v, %v", reports, err)
	}
	enough, gone := errors.New("enough"), errors.New("gone")
	stop := impact.Rows(func(impact.Row) error { return enough })
	e := exported(t, dealsCSV)
	if reports, err := e.Impact(flat, flat, stop); err != enough || reports != nil {
		t.Errorf("%v, %v", reports, err)
	}
	e.open = func() (io.ReadCloser, error) { return nil, gone }
	for _, plan := range []*comp.Plan{flat, compiled(t, everything())} {
		if reports, err := e.Impact(flat, plan); err != gone || reports != nil {
			t.Errorf("%v, %v", reports, err)
		}
	}
}

// Of deals that have an error, that of the first one in the file is returned, whichever worker is faster.
func TestTheFirstErrorOfAnExportIsItsError(t *testing.T) {
	var file strings.Builder
	file.WriteString(strings.SplitAfter(dealsCSV, "\n")[0])
	for n := range 3000 {
		fmt.Fprintf(&file, "D-%d,1000.00,USD,won,2026-01-20,,partner,,yes,ana,,bo,technical_validation\n", n)
	}
	e, flat := exported(t, file.String()), compiled(t, comp.DefaultPolicy())
	refuse := impact.Rows(func(row impact.Row) error {
		if row.Booking < "D-2" { // D-0, D-1, and D-10 to D-1999
			return nil
		}
		return errors.New(row.Booking)
	})
	for range 5 {
		if _, err := e.Impact(flat, flat, refuse); err == nil || err.Error() != "D-2" {
			t.Errorf("the first error is %v", err)
		}
	}
}
