package timeline

import (
	"slices"

	"github.com/coselling/coselling/value"
)

// forbidden is a day on which a version or a correction may not begin or end: an error, or a reason to refuse.
type forbidden struct {
	path     string
	err      *value.Error
	reason   string // a template, without the next legal date; empty where it is always an error
	operands []value.Operand
}

// locked finds every day that the quarter lock forbids (comp.quarter_lock); the first version is exempt.
func (d *draft) locked() []forbidden {
	if d.terms.FiscalYear.Check() != nil {
		return nil
	}
	var found []forbidden
	for i, v := range d.versions {
		const inside = "lies inside the fiscal quarter "
		if q := d.terms.FiscalYear.Quarter(v.From); i > 0 && v.From != q.First() {
			found = append(found, forbidden{
				d.versionPath(i) + ".from",
				value.NewError(QuarterLock, v.From.String(), inside+q.String()+nextLegal(q.Next().First().String())),
				"{day} " + inside + "{first} to {last}",
				[]value.Operand{value.Op("day", v.From), value.Op("first", q.First()), value.Op("last", q.Last())},
			})
		}
		if q := d.terms.FiscalYear.Quarter(v.To); v.To != q.Last() {
			want := inside + q.String() + "; a version lasts to the end of a quarter"
			err := value.NewError(QuarterLock, v.To.String(), want)
			found = append(found, forbidden{path: d.versionPath(i) + ".to", err: err})
		}
	}
	return found
}

func reasons(refused []forbidden, next value.Date) []value.Reason {
	legal := nextLegal("{next}")
	if next.IsZero() {
		legal = nextLegal("")
	}
	var list []value.Reason
	for _, f := range refused {
		operands := append(f.operands, value.Op("next", next))
		list = append(list, value.NewReason(f.err.Code, f.reason+legal, operands...).At(f.path))
	}
	return list
}

func nextLegal(date string) string {
	if date == "" {
		return "; there is no later legal date"
	}
	return "; the next legal date is " + date
}

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
