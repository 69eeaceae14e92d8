package timeline

import "github.com/coselling/coselling/value"

// locked is a day inside a fiscal quarter on which a version would begin or end.
type locked struct {
	path  string
	begin bool
	day   value.Date
	terms Terms
}

// locked finds every day that the quarter lock forbids. The first version may
// begin on any day.
func (d *draft) locked() []locked {
	if d.terms.FiscalYear.Check() != nil {
		return nil
	}
	var found []locked
	for i, v := range d.versions {
		if i > 0 && !v.From.IsZero() && !d.terms.beginsQuarter(v.From) {
			found = append(found, locked{d.versionPath(i) + ".from", true, v.From, d.terms})
		}
		if !v.To.IsZero() && !d.terms.endsQuarter(v.To) {
			found = append(found, locked{d.versionPath(i) + ".to", false, v.To, d.terms})
		}
	}
	return found
}

// err refuses the day in a document.
func (l locked) err() error {
	quarter := l.terms.FiscalYear.Quarter(l.day)
	want := "lies inside the fiscal quarter " + quarter.String()
	if l.begin {
		return value.NewError(QuarterLock, l.day.String(), want+nextLegal(quarter.Next().First().String()))
	}
	return value.NewError(QuarterLock, l.day.String(), want+"; a version lasts to the end of a quarter")
}

func nextLegal(date string) string {
	if date == "" {
		return "; there is no later legal date"
	}
	return "; the next legal date is " + date
}
