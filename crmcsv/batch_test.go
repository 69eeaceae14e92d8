package crmcsv_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/internal/reachtest"
)

// plainly writes everything that one reader gives: rows, bad rows, the end, what was skipped and what is doubtful.
func plainly(t rapid.TB, csv string, m crmcsv.Mapping) string {
	t.Helper()
	reader, err := crmcsv.NewReader(strings.NewReader(csv), m)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for {
		var deal crmcsv.Row
		err := reader.Read(&deal)
		if !written(&text, &deal, err) {
			break
		}
	}
	fmt.Fprint(&text, reader.Skipped(), reader.Doubts())
	return text.String()
}

// written writes a row or its error, and reports whether there may be more.
func written(text *strings.Builder, deal *crmcsv.Row, err error) bool {
	fmt.Fprintf(text, "%+v %v\n", *deal, err)
	_, bad := err.(*crmcsv.BadRow)
	return err == nil || bad
}

// batched writes the same from batches. Several are mapped at a time.
func batched(t rapid.TB, csv string, m crmcsv.Mapping, batches int) string {
	t.Helper()
	reader, err := crmcsv.NewReader(strings.NewReader(csv), m)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	list := make([]crmcsv.Batch, batches)
	for more := true; more; {
		var work sync.WaitGroup
		for i := range list {
			reader.Ahead(&list[i])
		}
		for i := range slices.Backward(list) {
			if i%3 != 2 { // Rows maps the third
				work.Go(list[i].Map)
			}
		}
		work.Wait()
		for i := range list {
			for deal, err := range list[i].Rows() {
				if more = written(&text, deal, err); !more {
					break
				}
			}
			if !more {
				break
			}
		}
	}
	fmt.Fprint(&text, reader.Skipped(), reader.Doubts())
	return text.String()
}

// A first row with another delimiter than the header is left out where a next one has the right one, though it is bad.
func TestABatchTakesRowsBehindOneWithAnotherDelimiter(t *testing.T) {
	parsed, err := crmcsv.ParseMapping(fmt.Appendf(nil, oracleMapping, ","))
	if err != nil {
		t.Fatal(err)
	}
	csv := strings.Join(oracleColumns, ",") + "\n" + strings.Repeat("x;", len(oracleColumns)-1) + "x\n" +
		"D-1,many,USD,Closed Won,01/02/2026,x,ana,acme,8,bo,\n"
	got, want := batched(t, csv, parsed, 3), plainly(t, csv, parsed)
	if got != want || strings.Contains(got, "delimiter") {
		t.Errorf("in batches\n%s\nwant\n%s", got, want)
	}
}

// Rows in batches are those of one reader, to the byte: of files with repeated ids, reps of two parties, alike reps,
// bad rows, quotes that are open, titles, small rates, and days whose order is open for long.
func TestBatchesGiveWhatOneReaderGives(t *testing.T) {
	seen := reachtest.Seen{}
	reachtest.Check(t, seen, func(t *rapid.T) {
		draw := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		often := rapid.SampledFrom([]int{1, 20, 400}).Draw(t, "one of so many rows is odd")
		severalRows := rapid.Bool().Draw(t, "several rows")
		mapping := fmt.Sprintf(oracleMapping, ",")
		if severalRows {
			mapping = strings.Replace(mapping, `"delimiter"`, `"several_rows": true, "delimiter"`, 1)
		}
		parsed, err := crmcsv.ParseMapping([]byte(mapping))
		if err != nil {
			t.Fatal(err)
		}
		var csv strings.Builder
		csv.WriteString("a title\n" + strings.Join(oracleColumns, ",") + "\n")
		swapped, certain := draw.IntN(3) == 0, draw.IntN(600)
		for row := range draw.IntN(900) {
			id, org, rate, rep, closed, note := fmt.Sprintf("D-%d", row), "acme", "8", "ana", "01/02/2026", ""
			if draw.IntN(often) == 0 {
				switch odd := draw.IntN(11); odd {
				case 0:
					id = fmt.Sprintf("D-%d", draw.IntN(row+1))
				case 1:
					org = "borealis"
				case 2:
					rate = []string{"0.5", "x", ""}[draw.IntN(3)]
				case 3:
					rep = []string{"Ana", "eve", "EVE", "  ", "Jose\u0301"}[draw.IntN(5)]
				case 4:
					closed = []string{"31/01/2026", "x", ""}[draw.IntN(3)]
				case 5:
					note = "\"two\nlines \"\"x\"\"\""
				case 6:
					note = "\"open"
				case 7:
					note = "a,b"
				case 8:
					csv.WriteString([]string{"\n", "a footer\n", ",,,,,,,,,,\n", strings.Join(oracleColumns, ",") + "\n"}[draw.IntN(4)])
				case 9:
					id = strings.Repeat("long", 10) + fmt.Sprint(draw.IntN(5))
				default:
					note = "\xff\x00"
				}
				seen[fmt.Sprint(often)]++
			}
			if swapped {
				closed = "01/19/2026" // in the other order
			}
			if swapped && row == certain {
				closed = "19/01/2026" // in the stated one, which decides for the file
			}
			fmt.Fprintf(&csv, "%s,5,USD,Closed Won,%s,x,%s,%s,%s,bo,%s\n", id, closed, rep, org, rate, note)
		}
		rows := plainly(t, csv.String(), parsed)
		for _, batches := range []int{1, 3, 5} {
			if got := batched(t, csv.String(), parsed, batches); got != rows {
				t.Fatalf("%d batches of\n%s", batches, difference(got, rows))
			}
		}
		for _, sign := range []string{"is the id of line", "is a rep of", "by case or blanks only", "of a row that was left out", "rates below 1%", "fits no row alone"} {
			if strings.Contains(rows, sign) {
				seen[sign]++
			}
		}
	}, "1", "20", "is the id of line", "is a rep of", "by case or blanks only", "of a row that was left out", "rates below 1%", "fits no row alone")
}

// difference returns the first lines that differ.
func difference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return "got  " + a[i] + "\nwant " + b[i]
		}
	}
	return fmt.Sprint(len(a), " lines, want ", len(b))
}

// A batch of nothing has no rows; one of a nil Reader has the end of a file.
func TestEmptyBatches(t *testing.T) {
	var none *crmcsv.Batch
	none.Map()
	for range none.Rows() {
		t.Error("a nil batch has a row")
	}
	var reader *crmcsv.Reader
	reader.Ahead(none)
	for range new(crmcsv.Batch).Rows() {
		t.Error("an empty batch has a row")
	}
	var b crmcsv.Batch
	reader.Ahead(&b)
	for _, err := range b.Rows() {
		if err != io.EOF {
			t.Error(err)
		}
	}
}

// A batch goes on where a caller stopped.
func TestBatchGoesOnAfterABreak(t *testing.T) {
	reader, err := crmcsv.NewReader(strings.NewReader(file(line(), line(change{"id", "D-2"}))), mapping(t, plainMapping))
	if err != nil {
		t.Fatal(err)
	}
	var b crmcsv.Batch
	reader.Ahead(&b)
	var ids []string
	for range 4 {
		for deal, err := range b.Rows() {
			if err == nil {
				ids = append(ids, deal.Booking.ID)
			}
			break
		}
	}
	if !slices.Equal(ids, []string{"D-1", "D-2"}) {
		t.Errorf("%q", ids)
	}
}
