package main

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"time"
)

// noMinorUnit is how ISO's list says that a code has no minor unit.
const noMinorUnit = "N.A."

// list is what the table is made from: ISO 4217 list one and where it comes from.
type list struct {
	published string // ISO's date of publication, YYYY-MM-DD
	source    string // what carried it here, with version and licence
	entries   []entry
}

// entry is one code of the list, all as ISO writes it.
type entry struct{ code, number, minorUnits string }

var (
	codeForm   = regexp.MustCompile(`^[A-Z]{3}$`)
	numberForm = regexp.MustCompile(`^[0-9]{3}$`)
	minorForm  = regexp.MustCompile(`^([0-4]|N\.A\.)$`)
	sourceForm = regexp.MustCompile(`^[ -~]+$`)
)

// normalize sorts the entries, drops repetitions (the list has a row for each
// country) and refuses what the table cannot hold.
func (l *list) normalize() error {
	if _, err := time.Parse(time.DateOnly, l.published); err != nil {
		return fmt.Errorf("date of publication: %w", err)
	}
	if !sourceForm.MatchString(l.source) {
		return errors.New("the source is missing or not one line of plain text")
	}
	slices.SortFunc(l.entries, func(a, b entry) int { return cmp.Compare(a.code, b.code) })
	l.entries = slices.Compact(l.entries)
	if n := len(l.entries); n == 0 || n > 255 {
		return fmt.Errorf("%d codes; a Currency indexes 1 to 255", n)
	}
	for i, e := range l.entries {
		if !codeForm.MatchString(e.code) || !numberForm.MatchString(e.number) || !minorForm.MatchString(e.minorUnits) {
			return fmt.Errorf("not a code, a number and minor units up to 4 or N.A.: %q", e)
		}
		if i > 0 && l.entries[i-1].code == e.code {
			return fmt.Errorf("%s stands twice and differs", e.code)
		}
	}
	return nil
}
