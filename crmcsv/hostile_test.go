package crmcsv_test

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/value"
)

// generated is a file that is made as it is read.
type generated struct {
	next func() []byte // nil at the end
	rest []byte
}

func (g *generated) Read(p []byte) (int, error) {
	if len(g.rest) == 0 {
		g.rest = g.next()
	}
	if len(g.rest) == 0 {
		return 0, io.EOF
	}
	n := copy(p, g.rest)
	g.rest = g.rest[n:]
	return n, nil
}

// rows makes a file of so many sound rows behind a beginning.
func rows(beginning string, n int) io.Reader {
	i := -1
	return &generated{next: func() []byte {
		i++
		switch {
		case i == 0:
			return []byte(beginning)
		case i <= n:
			return fmt.Appendf(nil, "D-%d,5,ana\n", i)
		default:
			return nil
		}
	}}
}

// count reads a file to its end.
func count(t *testing.T, file io.Reader, each func(n int)) (deals int, bad []*crmcsv.BadRow) {
	t.Helper()
	reader, err := crmcsv.NewReader(file, mapping(t, smallest))
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range reader.Rows() {
		if row, ok := errors.AsType[*crmcsv.BadRow](err); ok {
			bad = append(bad, row)
			continue
		} else if err != nil {
			t.Fatal(err)
		}
		if deals++; each != nil {
			each(deals)
		}
	}
	return deals, bad
}

// A quote in row 3 of a million that is never closed is reported once, and every other
// row is read. Memory is flat but for the marks that find repeated ids.
func TestOpenQuoteInAMillionRowsIsReportedOnce(t *testing.T) {
	const n = 1_000_000
	live := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	var early, late uint64
	deals, bad := count(t, rows("id,value,rep\nA,5,ana\nB,\"5,ana\n", n), func(i int) {
		switch i {
		case n / 10:
			early = live()
		case n:
			late = live()
		}
	})
	if deals != n+1 || len(bad) != 1 || bad[0].Line != 3 || !errors.Is(bad[0], value.Code("row.csv")) {
		t.Errorf("%d deals, bad rows %v", deals, bad)
	}
	const bytesARow, slack = 24, 1 << 20
	if late > early+bytesARow*(n-n/10)+slack {
		t.Errorf("%d bytes are held after %d rows, %d after all", early, n/10, late)
	}
}

// Only the line itself is lost, and no more memory is used than the bound of a row.
func TestLineOfAGigabyteIsOneBadRow(t *testing.T) {
	block := []byte(strings.Repeat("x", 1<<20))
	i := -1
	file := &generated{next: func() []byte {
		i++
		switch {
		case i == 0:
			return []byte("id,value,rep\nA,5,ana\n")
		case i <= 1<<10:
			return block
		case i == 1<<10+1:
			return []byte("\nB,5,ana\n")
		default:
			return nil
		}
	}}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	deals, bad := count(t, file, nil)
	runtime.ReadMemStats(&after)
	if deals != 2 || len(bad) != 1 || bad[0].Line != 3 {
		t.Errorf("%d deals, bad rows %v", deals, bad)
	}
	if all := after.TotalAlloc - before.TotalAlloc; all > 8<<20 { // all that was ever allocated, freed or not
		t.Errorf("%d bytes were allocated", all)
	}
}

// reads returns the result of reading a file: the ids of deals with their lines, and the lines
// of bad rows with their codes.
func reads(t *testing.T, csv string) string {
	t.Helper()
	deals, bad := read(t, smallest, csv)
	var text strings.Builder
	for _, d := range deals {
		fmt.Fprintf(&text, "%s@%d ", d.Booking.ID, d.Line)
	}
	for _, b := range bad {
		fmt.Fprintf(&text, "!%d %s ", b.Line, b.Cells[0].Reason.Code)
	}
	return strings.TrimSpace(text.String())
}

func TestHostileFiles(t *testing.T) {
	quoted := func(lines int) string { return `"` + strings.Repeat("n\n", lines-1) + `x"` }
	for _, c := range []struct{ name, rows, want string }{
		{"byte order mark in the middle", "A,5,ana\n\ufeffB,5,ana\n", "A@2 \ufeffB@3"},
		{"quoted lines", "A,5,ana\nB,5,\"ana\"\n\"C\nD\",5,ana\nE,5,ana\n", "A@2 B@3 C\nD@4 E@6"},
		{"a cell of 1,000 lines", "A,5," + quoted(1000) + "\nB,5,ana\n", "B@1002 !2 row.text"},
		{"a cell of 1,001 lines", "A,5," + quoted(1001) + "\nB,5,ana\n", "B@1003 !2 row.csv !1002 row.csv"},
		{"a NUL", "A\x00,5,ana\nB,5,ana\n", "B@3 !2 row.text"},
		{"a NUL elsewhere", "A,5,ana\n\x00\nB,5,ana\n", "A@2 B@4"},
		{"not UTF-8", "A\xff,5,ana\nB,5,ana\n", "B@3 !2 row.text"},
		{"the header twice", "A,5,ana\nid,value,rep\nB,5,ana\n", "A@2 B@4 !3 row.header"},
		{"the header twice, with blanks", "A,5,ana\n id ,\"value\",rep \nB,5,ana\n", "A@2 B@4 !3 row.header"},
		{"a huge exponent", "A,1e999999999,ana\nB,5,ana\n", "B@3 !2 decimal.format"},
		{"huge digits", "A," + strings.Repeat("9", 1000) + ",ana\nB,5,ana\n", "B@3 !2 money.range"},
		{"a repeated id", "A,5,ana\nB,5,ana\nA,6,ana\nA,7,ana\n", "A@2 B@3 !4 row.repeated !5 row.repeated"},
		{"a formula as id", "\"=HYPERLINK(\"\"http://x\"\")\",5,ana\nB,5,ana\n", `=HYPERLINK("http://x")@2 B@3`},
		{"a formula as amount", "A,=1+1,ana\nB,5,ana\n", "B@3 !2 decimal.format"},
		{"a mistake in a record of several lines", "\"A\"b,\"c\nB,5,ana\nC\"\n\"x\"\"y\",5,ana\n", `B@3 x"y@5 !2 row.csv !4 row.csv`},
		{"an open quote at the end", "A,5,ana\nB,\"5,ana\n", "A@2 !3 row.csv"},
		{"an open quote at the end, and more", "A,5,ana\nB,\"5,ana\nC,5,ana", "A@2 C@4 !3 row.csv"},
		{"a carriage return at the end", "A,5,ana\n\r", "A@2"},
		{"no line end", "A,5,ana\nB,5,ana", "A@2 B@3"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := reads(t, "id,value,rep\n"+c.rows); got != c.want {
				t.Errorf("got\n%.300s\nwant\n%s", got, c.want)
			}
		})
	}
}

// A first line that states what cannot stand between cells states nothing: it is no panic, and no delimiter.
func TestAFirstLineStatesOnlyWhatMayDelimit(t *testing.T) {
	for _, stated := range []string{"\x00", "\xff", "\x80"} {
		for _, file := range []string{"sep=" + stated + "\n0", "sep=" + stated + "\nid,value,rep\nA,5,ana\n"} {
			_, err := crmcsv.Guess(strings.NewReader(file), crmcsv.GuessOptions{})
			if err != nil {
				refusals(t, err)
			}
			if r, err := crmcsv.NewReader(strings.NewReader(file), mapping(t, smallest)); err != nil {
				refusals(t, err)
			} else {
				for deal, err := range r.Rows() {
					if err != nil || deal.Booking.ID != "A" {
						t.Errorf("%q: %+v, %v", file, deal, err)
					}
				}
			}
		}
	}
}

// A thousand payees have three bad cells each; the row must not search its problems for each.
func TestManyProblemsOfOneRowCostLittle(t *testing.T) {
	const payee = `{"rep": {"column": "rep"}, "side": {"column": "bad"}, "rate": {"column": "bad"}, "role": {"column": "bad"}}, `
	text := strings.Replace(smallest, `"payees": [`, `"payees": [`+strings.Repeat(payee, 999), 1)
	began := time.Now()
	_, bad := read(t, text, "id,value,rep,bad\nD-1,5,ana,x\n")
	if took := time.Since(began); len(bad) != 1 || len(bad[0].Cells) != 3*999 || took > 30*time.Second {
		t.Errorf("%d bad rows in %s", len(bad), took)
	}
}

// Rows of a megabyte each that might be the header are not searched cell by cell.
func TestRowsThatMightBeTheHeaderCostLittle(t *testing.T) {
	for name, row := range map[string]string{"commas": strings.Repeat(",", 1<<20-2), "letters": strings.Repeat("É;", 1<<18), "long names": strings.Repeat(strings.Repeat("É", 50)+"|", 9000)} {
		began := time.Now()
		_, err := crmcsv.NewReader(strings.NewReader(strings.Repeat(row+"\n", 25)), mapping(t, smallest))
		if took := time.Since(began); err == nil || len(err.Error()) > 10_000 || took > time.Minute {
			t.Errorf("%s: %s, %.200v", name, took, err)
		}
	}
}
