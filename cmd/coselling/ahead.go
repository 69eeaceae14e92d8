package main

import (
	"errors"
	"io"

	"github.com/coselling/coselling/crmcsv"
)

// batch holds rows that were read and not priced yet.
type batch struct {
	rows [256]struct {
		deal crmcsv.Row
		bad  *crmcsv.BadRow
	}
	n   int
	err error // after the rows
}

// readAhead gives every row to take, and meanwhile reads the next ones on another
// processor. A deal is valid until take returns.
func readAhead(reader *crmcsv.Reader, take func(*crmcsv.Row, *crmcsv.BadRow) error) error {
	const batches = 3
	full, empty := make(chan *batch, batches), make(chan *batch, batches)
	for range batches {
		empty <- &batch{}
	}
	go func() {
		defer close(full)
		for b := range empty {
			b.read(reader)
			full <- b
			if b.err != nil {
				return
			}
		}
	}()
	defer func() { // the reader has stopped when this returns
		close(empty)
		for range full {
		}
	}()
	for b := range full {
		for i := range b.rows[:b.n] {
			if err := take(&b.rows[i].deal, b.rows[i].bad); err != nil {
				return err
			}
		}
		if b.err == io.EOF {
			return nil
		}
		if b.err != nil {
			return b.err
		}
		empty <- b
	}
	return nil
}

func (b *batch) read(reader *crmcsv.Reader) {
	for b.n = 0; b.n < len(b.rows); b.n++ {
		row := &b.rows[b.n]
		row.bad = nil
		if err := reader.Read(&row.deal); err != nil {
			if row.bad, _ = errors.AsType[*crmcsv.BadRow](err); row.bad == nil {
				b.err = err
				return
			}
		}
	}
}
