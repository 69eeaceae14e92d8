package main

import (
	"fmt"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/crmcsv"
)

// view writes a book in one format. It gets every deal and reversal that was priced, in the
// order of the file with reversals last, and every row that was left out. An entry or a row
// is valid until the method returns.
type view interface {
	begin(b *book) error
	deal(b *book, e *entry) error
	leave(l *leftOut) error
	end(b *book) error
}

// filter selects the deals and reps of a view.
type filter struct {
	deal string   // if empty, all
	reps []string // if nil, all
	most int      // deals; −1 for all

	found bool     // the deal
	left  *leftOut // or the reason why it is missing
}

// takes reports whether an entry is to be written.
func (f *filter) takes(e *entry) bool {
	if f.deal != "" {
		f.found = f.found || e.deal.Booking.ID == f.deal
		return e.deal.Booking.ID == f.deal
	}
	if f.most == 0 {
		return false
	}
	f.most = max(f.most-1, -1)
	return true
}

// takesLeft reports whether a row that was left out is to be written.
func (f *filter) takesLeft(l *leftOut) bool {
	if f.deal != "" && f.left == nil && l.id == f.deal {
		f.left = new(*l)
	}
	return f.isWhole()
}

// missing returns why the selected deal is not in the book.
func (f *filter) missing() error {
	switch {
	case f.deal == "" || f.found:
		return nil
	case f.left != nil:
		return fmt.Errorf("not priced: line %d: %s", f.left.line, clean(f.left.text(), 4*width))
	default:
		return fmt.Errorf("no deal %q was priced; it is not in the file, or one of its bad rows", f.deal)
	}
}

func (f *filter) takesRep(rep string) bool {
	return f.reps == nil || slices.Contains(f.reps, rep) || slices.Contains(f.reps, allReps)
}

// isWhole reports whether the view selects all deals and reps.
func (f *filter) isWhole() bool { return f.deal == "" && f.reps == nil }

// allReps selects every rep.
const allReps = "all"

// isTakenBack reports whether an entry is a reversal.
func (e *entry) isTakenBack() bool { return e.deal.Reverses != "" }

// isOpen reports whether an entry's figures are projected.
func (e *entry) isOpen() bool { return e.deal.Status == crmcsv.Open }

// stage names the kind of a row for a program.
func (e *entry) stage() string {
	switch {
	case e.isFloor():
		return "floors"
	case e.isTakenBack():
		return "reversal"
	default:
		return e.deal.Status.String()
	}
}

// creditedAs names for a program the capacity in which a payee is credited.
func creditedAs(l *comp.Line) string {
	if int(l.Credited) < len(creditedNames) {
		return creditedNames[l.Credited]
	}
	return ""
}

var creditedNames = [...]string{
	comp.AsPrimary: "primary", comp.AsSupporting: "supporting", comp.AsOriginator: "originator",
	comp.AsJointOriginator: "joint_originator",
	comp.AsInfluencer:      "influencer", comp.AsSeller: "seller", comp.AsTrueUp: "true_up", comp.AsFloor: "floor",
}
