package timeline

import (
	"strconv"
	"unicode/utf8"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

const (
	maxVersions    = 400 // a century of quarters
	maxCorrections = 400
	maxID          = 256
)

// Version is one state of the compensation policy and the days on which it is in
// force: from From until the day before the next version begins, both included.
// The zero value is refused.
type Version struct {
	ID     string      // unique among versions and corrections; 1 to 256 bytes of UTF-8
	From   value.Date  // the first day; after the first version that of a fiscal quarter
	To     value.Date  // the last day, that of a fiscal quarter; zero: as long as no other version begins
	Policy comp.Policy // complete
}

func (v Version) clone() Version {
	v.Policy = cloned(v.Policy)
	return v
}

// cloned returns a policy that shares nothing with p.
func cloned(p comp.Policy) comp.Policy { return p.Under(p.Model) }

// checkFields returns what is wrong with the version alone, the policy and the place among others aside.
func (v Version) checkFields() error {
	var problems value.Errors
	problems.Add("id", checkID(v.ID))
	if !v.To.IsZero() && v.To.Before(v.From) {
		problems.Add("to", value.NewError(Overlap, v.To.String(), "is before the version begins, "+v.From.String()))
	}
	return problems.Err()
}

func checkID(id string) error {
	if id == "" || len(id) > maxID || !utf8.ValidString(id) {
		return value.NewError(ID, value.Quote(id), "is no id; give 1 to "+strconv.Itoa(maxID)+" bytes of UTF-8")
	}
	return nil
}
