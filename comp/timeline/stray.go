package timeline

import (
	"slices"

	"github.com/coselling/coselling/value"
)

// stray finds, in order, every correction that begins on a day on which its version is not in force, unless a
// later correction replaces it. The dates of the versions must fit each other.
func (d *draft) stray() []forbidden {
	at := make(map[string]int, len(d.versions))
	for i, v := range d.versions {
		at[v.ID] = i
	}
	replaced := make(map[string]value.Date, len(at)) // the first replaced day of each version
	var found []forbidden
	for i, c := range slices.Backward(d.corrections) {
		version, known := at[c.Corrects]
		if from, ok := replaced[c.Corrects]; !known || ok && !c.From.Before(from) {
			continue
		}
		replaced[c.Corrects] = c.From
		first, last := d.versions[version].From, d.lastDay(version)
		if !c.From.Before(first) && (last.IsZero() || !c.From.After(last)) {
			continue
		}
		lasts := "on"
		if !last.IsZero() {
			lasts = "to " + last.String()
		}
		want := "is no day of version " + value.Quote(c.Corrects) + ", which lasts from " + first.String() + " " + lasts
		found = append(found, forbidden{
			d.correctionPath(i) + ".from",
			value.NewError("correction.range", c.From.String(), want),
			"{correction} corrects {version} from {day}, when that would have ended",
			[]value.Operand{value.Op("correction", c.ID), value.Op("version", c.Corrects), value.Op("day", c.From)},
		})
	}
	slices.Reverse(found)
	return found
}

// addStray adds the errors of stray corrections, unless the date of a version is wrong.
func (d *draft) addStray() {
	if d.misdated {
		return
	}
	for _, f := range d.stray() {
		d.add(f.path, f.err)
	}
}
