package timeline

import "github.com/coselling/coselling/value"

// forbidden is a day on which a version or a correction may not begin or end. It is an
// error of a document, and a reason to refuse a version that is added.
type forbidden struct {
	path     string
	err      *value.Error
	reason   string // a template, without the next legal date; empty where it is always an error
	operands []value.Operand
}

// locked finds every day that the quarter lock forbids (comp.quarter_lock). The first
// version may begin on any day.
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

// reasons returns the reasons why a version is refused, with the next legal date.
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
