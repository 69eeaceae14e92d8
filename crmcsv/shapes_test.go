package crmcsv_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/crmcsv"
)

// transcript reads a file and returns everything that the reader gives, one line each.
func transcript(t *testing.T, csvFile, mappingFile string) string {
	t.Helper()
	text, err := os.ReadFile(mappingFile)
	if err != nil {
		t.Fatal(err)
	}
	m := mapping(t, string(text))
	zone, err := time.LoadLocation(m.Zone())
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(csvFile)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var out strings.Builder
	fmt.Fprintln(&out, m.Export())
	reader, err := crmcsv.NewReader(file, m.In(zone))
	if err != nil {
		fmt.Fprintln(&out, "refused:", err)
		return out.String()
	}
	for d, err := range reader.Rows() {
		if err != nil {
			fmt.Fprintln(&out, err)
			continue
		}
		fmt.Fprintf(&out, "line %d: %q %s %s %s", d.Line, d.Booking.ID, d.Status, d.Booking.Value, d.Booking.Closed)
		if d.Account != "" {
			fmt.Fprintf(&out, " %q", d.Account)
		}
		if q := d.Booking.PartnerQuota; !q.IsZero() {
			fmt.Fprintf(&out, " quota %s", q)
		}
		for _, p := range d.Booking.Payees {
			fmt.Fprintf(&out, " %+q %s", p.Rep, p.Rate)
		}
		out.WriteByte('\n')
	}
	fmt.Fprintln(&out, "skipped:", reader.Skipped())
	for _, doubt := range reader.Doubts() {
		fmt.Fprintln(&out, "doubt:", doubt.Code(), doubt)
	}
	return out.String()
}

// CASES F1 to F13: a made-up file of each shape in the folder has its mapping beside it, and what is right.
func TestShapesOfFilesAreRead(t *testing.T) {
	files, err := filepath.Glob("testdata/*/*.csv")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(file, ".csv")
		got := transcript(t, file, name+".json")
		if os.Getenv("COSELLING_UPDATE") == "1" {
			if err := os.WriteFile(name+".golden", []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name + ".golden")
		if err != nil || got != string(want) {
			t.Errorf("%s: %v\ngot\n%s\nwant\n%s", name, err, got, want)
		}
	}
}
