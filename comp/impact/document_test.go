package impact_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/coselling/coselling/comp/impact"
)

// A report in each form, of deals whose reps are named to harm a spreadsheet, a table
// or a page.
func TestReportsOfHostileNames(t *testing.T) {
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
	for name, got := range map[string]string{"hostile.txt": report.Text(), "hostile.md": report.Markdown(), "hostile.csv": report.CSV(), "hostile.json": string(document)} {
		file := filepath.Join("testdata", name)
		if os.Getenv("COSELLING_UPDATE") == "1" {
			if err := os.MkdirAll("testdata", 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s\n%s\nrecorded is\n%s", name, got, want)
		}
	}
}
