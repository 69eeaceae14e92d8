package impact_test

import (
	"path/filepath"
	"testing"

	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/internal/goldentest"
)

// Names of reps that could harm a spreadsheet, a table or a page are escaped in every form
// of a report.
func TestReportsEscapeHostileNames(t *testing.T) {
	before, after := plans()
	bookings := deals()
	names := []string{`=HYPERLINK("x")`, "a|b<script>", "@c, *d*"}
	for i := range bookings {
		for j := range bookings[i].Payees {
			bookings[i].Payees[j].Rep = names[j*(i+1)]
		}
	}
	bookings[0].ID = "+1|<b>"
	report, err := impact.Compare(before, after, bookings)
	if err != nil {
		t.Fatal(err)
	}
	document, err := report.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string]string{"hostile.txt": report.Text(), "hostile.md": report.Markdown(),
		"hostile.csv": report.CSV(), "hostile.json": string(document)} {
		goldentest.Compare(t, filepath.Join("testdata", name), got)
	}
}
