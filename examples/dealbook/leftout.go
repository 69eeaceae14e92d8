package main

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/value"
)

// leftOut is a row that was not priced, and why.
type leftOut struct {
	line int
	id   string // empty where the row could not be read
	note string // what else helps
	err  error
}

// dealLost is this program's own reason: nobody is paid for a lost deal.
const dealLost value.Code = "dealbook.lost"

func lost(deal crmcsv.Deal) error {
	return value.NewError(dealLost, value.Quote(deal.Booking.ID), "is lost; nobody is credited")
}

// expected are the reasons that need nobody's attention, in words.
var expected = map[value.Code]string{
	dealLost:                   "lost: nobody is credited",
	crmcsv.RowValueMissing:     "no amount is stated",
	crmcsv.RowValueNotPositive: "the amount is nought or negative",
}

// leave notes a row that is not priced and counts its first reason.
func (b *book) leave(l leftOut) {
	b.left = append(b.left, l)
	if first, ok := errors.AsType[*value.Error](l.err); ok {
		b.reasons[first.Code]++
	}
}

// printLeftOut counts the rows that were not priced by their first reason, and shows
// those that somebody should look at.
func (b *book) printLeftOut(p *printer) {
	p.heading("ROWS  %s read, %s priced, %s left out", count(b.rows), count(len(b.entries)), count(len(b.left)))
	counts := &table{columns: "nw*"}
	for _, c := range slices.SortedFunc(maps.Keys(b.reasons), func(x, y value.Code) int {
		return cmp.Or(cmp.Compare(b.reasons[y], b.reasons[x]), cmp.Compare(x, y))
	}) {
		counts.row(count(b.reasons[c]), string(c), cmp.Or(expected[c], "see below"))
	}
	counts.print(p)
	rows := slices.DeleteFunc(slices.Clone(b.left), leftOut.isExpected)
	if len(rows) == 0 {
		return
	}
	const most = 20
	p.heading("TO LOOK AT  rows that were left out and may be put right: line of the file, column, reason")
	slices.SortStableFunc(rows, func(x, y leftOut) int { return cmp.Compare(x.line, y.line) })
	for _, l := range rows[:min(most, len(rows))] {
		p.wrapped(fmt.Sprintf("line %d: ", l.line), l.text())
	}
	if more := len(rows) - most; more > 0 {
		p.line("… and %s more", count(more))
	}
}

// isExpected reports whether a row needs nobody's attention: all of its reasons are
// expected ones.
func (l leftOut) isExpected() bool {
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

func (l leftOut) text() string {
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
