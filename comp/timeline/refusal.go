package timeline

import "github.com/coselling/coselling/value"

// refusals is why a version is refused.
type refusals struct {
	locked       []locked
	stray        []stray
	from, closed value.Date // both unset where no closed day would change
}

func (r refusals) none() bool { return len(r.locked) == 0 && len(r.stray) == 0 && r.closed.IsZero() }

// reasons says it, with the next legal date.
func (r refusals) reasons(next value.Date) []value.Reason {
	legal := nextLegal("{next}")
	if next.IsZero() {
		legal = nextLegal("")
	}
	var reasons []value.Reason
	add := func(code value.Code, path, template string, operands ...value.Operand) {
		operands = append(operands, value.Op("next", next))
		reasons = append(reasons, value.NewReason(code, template+legal, operands...).At(path))
	}
	for _, l := range r.locked {
		quarter := l.terms.FiscalYear.Quarter(l.day)
		add(QuarterLock, l.path, "{day} lies inside the fiscal quarter {first} to {last}",
			value.Op("day", l.day), value.Op("first", quarter.First()), value.Op("last", quarter.Last()))
	}
	if !r.closed.IsZero() {
		add(ClosedFixed, "version.from", "{day} is not after {closed}, up to which deals are closed",
			value.Op("day", r.from), value.Op("closed", r.closed))
	}
	for _, s := range r.stray {
		add(CorrectionRange, s.path, "{correction} corrects {version} from {day}, when that would have ended",
			value.Op("correction", s.correction.ID), value.Op("version", s.correction.Corrects), value.Op("day", s.correction.From))
	}
	return reasons
}
