package comp

import (
	"maps"
	"slices"
	"strconv"

	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/value"
)

const (
	maxContributions   = 1000
	maxContributionLen = 64
)

// Check returns every problem of the policy at once, with paths inside it. [Compile]
// takes a policy without problems.
func (p Policy) Check() error {
	var problems value.Errors
	problems.Add("model", enum.Check(ModelUnknown, p.Model, modelNames[:]))
	problems.Add("joint_origin", enum.Check(JointOriginUnknown, p.JointOrigin, jointOriginNames[:]))
	problems.Add("rounding", p.Rounding.Check())
	problems.Add("rates", p.Rates.check())
	problems.Add("origination.influenced", p.Origination.Influenced.CheckPart())
	problems.Add("role_based.contributions", p.RoleBased.check(p.Model == RoleBased))
	return problems.Err()
}

func (r RoleBasedTerms) check(inForce bool) error {
	var problems value.Errors
	if n := len(r.Contributions); n > maxContributions || n == 0 && inForce {
		problems.Add("", value.NewError(ContributionsMissing, strconv.Itoa(n)+" contributions", "are given; a role-based policy has 1 to "+strconv.Itoa(maxContributions)))
		return problems.Err()
	}
	for _, c := range slices.Sorted(maps.Keys(r.Contributions)) {
		problems.Add("", c.check())
		problems.Add(c.path(), r.Contributions[c].CheckPart())
	}
	return problems.Err()
}

func (c Contribution) check() error {
	if c.wellFormed() {
		return nil
	}
	return value.NewError(ContributionID, value.Quote(string(c)), "is no contribution id; write lower-case letters, digits and underscores, a letter first, at most 64 bytes")
}

// path returns the contribution as part of an error's path, quoted where it is no
// identifier.
func (c Contribution) path() string {
	if c.wellFormed() {
		return string(c)
	}
	return value.Quote(string(c))
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
