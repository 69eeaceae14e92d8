package timeline

import (
	"slices"

	"github.com/coselling/coselling/value"
)

// stray is a correction that begins on a day on which its version is not in force.
type stray struct {
	path        string
	correction  *correction
	first, last value.Date // of the version
}

// stray finds every such correction, in order, unless one that was recorded later
// stands in its place. It is asked only where the versions' dates fit each other.
func (d *draft) stray() []stray {
	at := make(map[string]int, len(d.versions))
	for i, v := range d.versions {
		at[v.ID] = i
	}
	replaced := make(map[string]value.Date, len(at)) // from when on, by version
	var found []stray
	for i, c := range slices.Backward(d.corrections) {
		version, known := at[c.Corrects]
		if from, ok := replaced[c.Corrects]; !known || ok && !c.From.Before(from) {
			continue
		}
		replaced[c.Corrects] = c.From
		first, last := d.versions[version].From, d.lastDay(version)
		if c.From.Before(first) || !last.IsZero() && c.From.After(last) {
			found = append(found, stray{d.correctionPath(i) + ".from", c, first, last})
		}
	}
	slices.Reverse(found)
	return found
}

// addStray adds their problems. Where a version's own date is wrong they would only
// repeat that.
func (d *draft) addStray() {
	if d.misdated {
		return
	}
	for _, s := range d.stray() {
		d.add(s.path, s.err())
	}
}

// err refuses the correction in a document.
func (s stray) err() error {
	lasts := ", which lasts from " + s.first.String()
	if s.last.IsZero() {
		lasts += " on"
	} else {
		lasts += " to " + s.last.String()
	}
	return value.NewError(CorrectionRange, s.correction.From.String(), "is no day of version "+value.Quote(s.correction.Corrects)+lasts)
}
