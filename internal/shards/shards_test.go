package shards_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"testing/iotest"

	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/internal/shards"
)

const mapping = `{
  "export": "deals",
  "fields": {"id": {"column": "Deal"}, "value": {"column": "Amount"}, "currency": {"constant": "USD"}, "stage": {"constant": "open"}},
  "payees": [{"rep": {"column": "Owner"}}],
  "roster": {"ana": {"side": "vendor", "org": "us", "rate": "8%"}}
}`

func reader(t *testing.T, file io.Reader) *crmcsv.Reader {
	t.Helper()
	parsed, err := crmcsv.ParseMapping([]byte(mapping))
	if err != nil {
		t.Fatal(err)
	}
	r, err := crmcsv.NewReader(file, parsed)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func deals(rows int) string {
	var file strings.Builder
	file.WriteString("Deal,Amount,Owner\n")
	for n := range rows {
		fmt.Fprintf(&file, "D-%d,%d.00,ana\n", n, n+1)
	}
	return file.String()
}

// Every row comes once and in order, behind its own preparation, for any size of a batch.
func TestRowsComeInOrder(t *testing.T) {
	for _, rows := range []int{0, 1, 63, 64, 65, 768, 5003} {
		next, prepared := 2, atomic.Int64{}
		err := shards.Read(reader(t, strings.NewReader(deals(rows))),
			func(worker int, row *shards.Row[int]) {
				if prepared.Add(1); worker < 0 || worker >= shards.Workers() {
					t.Errorf("worker %d", worker)
				}
				row.Own = row.Deal.Line
			},
			func(row *shards.Row[int]) error {
				if row.Bad != nil || row.Deal.Line != next || row.Own != next {
					t.Errorf("line %d, %v, prepared as %d; want line %d", row.Deal.Line, row.Bad, row.Own, next)
				}
				next++
				return nil
			})
		if err != nil || next != rows+2 || int(prepared.Load()) != rows {
			t.Errorf("%d rows: %v, %d came, %d were prepared", rows, err, next-2, prepared.Load())
		}
	}
}

// An error of the file comes behind the rows before it; an error of take ends the reading, and nothing comes behind it.
func TestErrorsOfReadingAreReturned(t *testing.T) {
	broken, enough := errors.New("broken"), errors.New("enough")
	rows := 0
	count := func(*shards.Row[struct{}]) error { rows++; return nil }
	err := shards.Read(reader(t, io.MultiReader(strings.NewReader(deals(300)), iotest.ErrReader(broken))), nil, count)
	if err != broken || rows != 300 {
		t.Errorf("%v behind %d rows", err, rows)
	}
	rows = 0
	err = shards.Read(reader(t, strings.NewReader(deals(2000))), nil, func(*shards.Row[struct{}]) error {
		if rows++; rows == 400 {
			return enough
		}
		return nil
	})
	if err != enough || rows != 400 {
		t.Errorf("%v behind %d rows", err, rows)
	}
}
