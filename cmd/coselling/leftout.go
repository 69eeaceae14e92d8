package main

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/value"
)

// leftOut is a row that was not priced, with the reason.
type leftOut struct {
	line int
	id   string // empty if the row could not be read
	note string // a hint
	err  error
}

// The reasons of this program to leave a row out.
const (
	dealLost  value.Code = "dealbook.lost"  // a lost deal pays nothing
	dealLater value.Code = "dealbook.later" // a reversal after the day of -as-of
)

func lost(id string) error {
	return value.NewError(dealLost, value.Quote(id), "is lost; nobody is credited")
}

func later(id string, asOf value.Date) error {
	return value.NewError(dealLater, value.Quote(id), "is dated after "+asOf.String()+", which is asked about")
}

// expected holds the reasons that need no attention, in words.
var expected = map[value.Code]string{
	dealLost:                   "lost: nobody is credited",
	dealLater:                  "taken back later than the day asked about",
	comp.TableHistory:          "open, and its rate counts over a period: nothing can be projected",
	"row.header":               "the header once more",
	crmcsv.RowValueMissing:     "no amount is stated",
	crmcsv.RowValueNotPositive: "the amount is zero or negative",
}

// leave counts a row that is not priced by its first reason.
func (b *book) leave(l leftOut) error {
	b.left++
	if code := l.code(); code != "" {
		b.reasons[code]++
	}
	if !l.isExpected() {
		b.look.add(l)
		if _, isBad := l.err.(*crmcsv.BadRow); isBad {
			b.unparsed++
		}
	}
	return b.view.leave(&l)
}

// lookAt holds the first rows of a file that need attention.
type lookAt struct {
	rows []leftOut
	more int
}

// mostToLookAt is the largest number of rows that are shown.
const mostToLookAt = 20

// add keeps a row. Rows come in the order of the file, except reversals.
func (k *lookAt) add(l leftOut) {
	at, _ := slices.BinarySearchFunc(k.rows, l,
		func(x, y leftOut) int { return cmp.Or(cmp.Compare(x.line, y.line), -1) })
	k.rows = slices.Insert(k.rows, at, l)
	if len(k.rows) > mostToLookAt {
		k.rows = k.rows[:mostToLookAt]
		k.more++
	}
}

// printLeftOut counts the rows that were not priced by their first reason, and shows those
// that need attention.
func (b *book) printLeftOut(p *printer) {
	p.heading("ROWS  %s read, %s priced, %s left out", count(b.rows), count(b.priced), count(b.left))
	if b.skipped > 0 {
		p.line("%s: titles, footers and blank rows, which are not counted", counted(b.skipped, "row", "rows"))
	}
	for _, doubt := range b.doubts {
		p.wrapped("doubt: ", doubt.String())
	}
	if len(b.reasons) > 0 {
		counts := &table{columns: "nw*", head: []string{"rows", "reason", ""}}
		for _, c := range b.reasonsByCount() {
			counts.row(count(b.reasons[c]), string(c), cmp.Or(expected[c], "see below"))
		}
		counts.print(p)
	}
	if len(b.look.rows) == 0 {
		return
	}
	p.heading("TO LOOK AT  rows that were left out and may be put right: line of the file, column, reason")
	for _, l := range b.look.rows {
		p.wrapped(fmt.Sprintf("line %d: ", l.line), l.text())
	}
	if b.look.more > 0 {
		p.line("… and %s more", count(b.look.more))
	}
}

// reasonsByCount returns the reasons, the most frequent one first.
func (b *book) reasonsByCount() []value.Code {
	return slices.SortedFunc(maps.Keys(b.reasons), func(x, y value.Code) int {
		return cmp.Or(cmp.Compare(b.reasons[y], b.reasons[x]), cmp.Compare(x, y))
	})
}

// isExpected reports whether all reasons of a row are expected, so that it needs no
// attention.
func (l *leftOut) isExpected() bool {
	for _, reason := range reasonsOf(l.err) {
		if _, ok := expected[reason.Code]; !ok {
			return false
		}
	}
	return true
}

// reasonsOf returns every reason that err holds.
func reasonsOf(err error) []*value.Error {
	switch e := err.(type) {
	case *value.Error:
		return []*value.Error{e}
	case interface{ Unwrap() []error }:
		var list []*value.Error
		for _, one := range e.Unwrap() {
			list = append(list, reasonsOf(one)...)
		}
		return list
	default:
		return nil
	}
}

func (l *leftOut) text() string {
	if bad, ok := l.err.(*crmcsv.BadRow); ok {
		_, text, _ := strings.Cut(bad.Error(), ": ")
		return text
	}
	text := l.id + ": " + strings.ReplaceAll(l.err.Error(), "\n", "; ")
	if l.note != "" {
		text += " (" + l.note + ")"
	}
	return text
}

// code returns the first reason.
func (l *leftOut) code() value.Code {
	if first, ok := errors.AsType[*value.Error](l.err); ok {
		return first.Code
	}
	return ""
}
