package main

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/coselling/coselling/crmcsv"
)

// bigFile makes a file of a number of rows from the valid deals of the sample. The mapping
// reads all 27 columns, and each row has another id.
func bigFile(t testing.TB, rows int) string {
	t.Helper()
	var file strings.Builder
	if _, err := io.Copy(&file, newRepeated(t, rows)); err != nil {
		t.Fatal(err)
	}
	return file.String()
}

// repeated is such a file that is made while it is read.
type repeated struct {
	rest  []byte
	tails []string // of the rows, after the id
	n, of int
}

func newRepeated(t testing.TB, rows int) *repeated {
	t.Helper()
	header, rest, _ := strings.Cut(sampleFile(t, "deals.csv"), "\n")
	r := &repeated{of: rows, rest: []byte(header + "\n")}
	for line := range strings.Lines(rest) {
		id, tail, _ := strings.Cut(line, ",")
		switch id {
		case "D-1003-R", "D-1011", "D-1048", "D-1049", "D-1050": // a reversal, and rows that are left out
		default:
			r.tails = append(r.tails, tail)
		}
	}
	return r
}

func (r *repeated) Read(p []byte) (int, error) {
	if len(r.rest) == 0 && r.n == r.of {
		return 0, io.EOF
	}
	if len(r.rest) == 0 {
		r.rest = strconv.AppendInt(append(r.rest, "D-"...), int64(10_000_000+r.n), 10)
		r.rest = append(append(r.rest, ','), r.tails[r.n%len(r.tails)]...)
		r.n++
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

// onBig runs the program over a file in memory.
func onBig(t testing.TB, file string, out io.Writer, args ...string) *book {
	t.Helper()
	o, c := asked(t, args...)
	b, err := o.book(c, o.view(out))
	if err != nil {
		t.Fatal(err)
	}
	if err := b.write(func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(file)), nil }); err != nil {
		t.Fatal(err)
	}
	return b
}

func justRead(t testing.TB, file string) {
	reader := csv.NewReader(strings.NewReader(file))
	reader.ReuseRecord = true
	for {
		if _, err := reader.Read(); err == io.EOF {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

func justMap(t testing.TB, file string) {
	mapping, err := crmcsv.ParseMapping([]byte(sampleFile(t, "map.json")))
	if err != nil {
		t.Fatal(err)
	}
	reader, err := crmcsv.NewReader(strings.NewReader(file), mapping)
	if err != nil {
		t.Fatal(err)
	}
	var deal crmcsv.Row
	for {
		if err := reader.Read(&deal); err == io.EOF {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

// BenchmarkTotals is for a profile.
func BenchmarkTotals(b *testing.B) {
	file := bigFile(b, 200_000)
	b.ReportAllocs()
	for b.Loop() {
		onBig(b, file, io.Discard, "-list", "0")
	}
}

// BenchmarkWritten is for a profile.
func BenchmarkWritten(b *testing.B) {
	file := bigFile(b, 200_000)
	b.ReportAllocs()
	for b.Loop() {
		onBig(b, file, io.Discard, "-format", "csv")
	}
}

// BenchmarkMapped is for a profile.
func BenchmarkMapped(b *testing.B) {
	file := bigFile(b, 200_000)
	b.ReportAllocs()
	for b.Loop() {
		justMap(b, file)
	}
}
