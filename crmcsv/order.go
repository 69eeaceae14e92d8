package crmcsv

import (
	"io"
	"strconv"
	"strings"

	"github.com/coselling/coselling/value"
)

// order decides whether a file as a whole has day and month the other way round than its mapping states: no day fits
// the stated order only, and at least one the other order only.
type order struct {
	days    *days // nil where the order is certain
	closed  *source
	swapped int    // days that fit the other order only
	line    int    // of the first of them
	first   string // its text
}

// orderOf returns what is known of the order before the first row.
func orderOf(closed *source) order {
	if closed == nil || closed.column < 0 || len(closed.days.swapped) == 0 {
		return order{}
	}
	return order{days: closed.days, closed: closed}
}

// look takes one row into account, priced or not.
func (o *order) look(record []string, line int) {
	text := o.closed.textIn(record)
	if text == "" || len(text) > maxCellBytes {
		return
	}
	fits, other := o.days.fit(o.days.stated, text), o.days.fit(o.days.swapped, text)
	switch {
	case fits && !other:
		*o = order{}
	case other && !fits:
		if o.swapped++; o.swapped == 1 {
			o.line, o.first = line, strings.Clone(text)
		}
	}
}

// fit reports whether a text is a day in one of several layouts.
func (d *days) fit(layouts []layout, text string) bool {
	for i := range layouts {
		if _, ok, err := d.parseAs(text, &layouts[i]); ok && err == nil {
			return true
		}
	}
	return false
}

// end returns the contradiction of a file that was read to its end.
func (o *order) end() error {
	if o.swapped == 0 {
		return io.EOF
	}
	rows := strconv.Itoa(o.swapped) + " rows fit"
	if o.swapped == 1 {
		rows = "one row fits"
	}
	stated, other := layoutTexts(o.days.stated), layoutTexts(o.days.swapped)
	want := "fits no row alone, and " + rows + " " + other + " only, the first on line " + strconv.Itoa(o.line) +
		" with " + value.Quote(o.first) + "; write " + other + " into the mapping, and discard what was read"
	return value.Below("mapping.fields.closed.format", value.NewError("file.days", stated, want))
}

// Check reads on until it is certain that the file as a whole does not contradict the order of day and month that the
// mapping states, which is at once where nobody can swap them. It returns the error with which [Reader.Read] would end,
// or that of the underlying reader, and no row. A program that shows rows before the end reads the file twice: once
// for this.
func (r *Reader) Check() error {
	for r != nil && r.order.days != nil {
		record, line, err := r.read()
		switch {
		case err == io.EOF:
			if err = r.order.end(); err == io.EOF {
				return nil
			}
			return err
		case isBadRow(err):
		case err != nil:
			return err
		case len(record) == len(r.header):
			r.order.look(record, line)
		}
	}
	return nil
}
