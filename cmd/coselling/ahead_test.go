package main

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/coselling/coselling/crmcsv"
)

func sampleReader(t *testing.T, file io.Reader) *crmcsv.Reader {
	t.Helper()
	mapping, err := crmcsv.ParseMapping([]byte(sampleFile(t, "map.json")))
	if err != nil {
		t.Fatal(err)
	}
	reader, err := crmcsv.NewReader(file, mapping)
	if err != nil {
		t.Fatal(err)
	}
	return reader
}

// Every row comes once and in order, for any size of a batch.
func TestReadAheadKeepsTheOrder(t *testing.T) {
	for _, rows := range []int{0, 1, 255, 256, 257, 768, 1025} {
		next := 2
		err := readAhead(sampleReader(t, strings.NewReader(bigFile(t, rows))),
			func(deal *crmcsv.Row, bad *crmcsv.BadRow) error {
				if bad != nil || deal.Line != next {
					t.Fatalf("line %d, %v; want line %d", deal.Line, bad, next)
				}
				next++
				return nil
			})
		if err != nil || next != rows+2 {
			t.Errorf("%d rows: %v, %d rows came", rows, err, next-2)
		}
	}
}

// An error of the file comes after the rows before it; an error of take ends the reading.
func TestReadAheadReturnsErrors(t *testing.T) {
	broken, enough := errors.New("broken"), errors.New("enough")
	rows := 0
	count := func(*crmcsv.Row, *crmcsv.BadRow) error { rows++; return nil }
	err := readAhead(sampleReader(t, io.MultiReader(strings.NewReader(bigFile(t, 300)), iotest.ErrReader(broken))),
		count)
	if err != broken || rows != 300 {
		t.Errorf("%v behind %d rows", err, rows)
	}
	rows = 0
	err = readAhead(sampleReader(t, strings.NewReader(bigFile(t, 2000))), func(*crmcsv.Row, *crmcsv.BadRow) error {
		if rows++; rows == 400 {
			return enough
		}
		return nil
	})
	if err != enough || rows != 400 {
		t.Errorf("%v behind %d rows", err, rows)
	}
}
