package comp

import (
	"maps"
	"slices"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

const maxContributionLen = 64

// Check returns every problem of the policy at once, with paths inside it. [Compile]
// takes a policy without problems.
func (p Policy) Check() error {
	var problems value.Errors
	problems.Add("", wire.Check(&p))
	problems.Add("", p.rules())
	return problems.Err()
}

// rules returns every problem that the form of the policy does not show.
func (p Policy) rules() error {
	var problems value.Errors
	problems.Add("rates", p.Rates.check())
	problems.Add("role_based.contributions", p.RoleBased.rules(p.Model == RoleBased))
	return problems.Err()
}

func (r RoleBasedTerms) rules(inForce bool) error {
	if len(r.Contributions) == 0 && inForce {
		return value.NewError(ContributionsMissing, "0 contributions", "are given; a role-based policy has at least one")
	}
	var problems value.Errors
	for _, c := range slices.Sorted(maps.Keys(r.Contributions)) {
		problems.Add("", c.check())
	}
	return problems.Err()
}

func (c Contribution) check() error {
	if c.wellFormed() {
		return nil
	}
	return value.NewError(ContributionID, value.Quote(string(c)), "is no contribution id; write lower-case letters, digits and underscores, a letter first, at most 64 bytes")
}

func (c Contribution) wellFormed() bool {
	if c == "" || len(c) > maxContributionLen || c[0] < 'a' { // a digit or an underscore does not begin it
		return false
	}
	for i := range len(c) {
		b := c[i]
		if (b < 'a' || b > 'z') && (b < '0' || b > '9') && b != '_' {
			return false
		}
	}
	return true
}
