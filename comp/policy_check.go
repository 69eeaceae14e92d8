package comp

import (
	"maps"
	"slices"
	"strings"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

const (
	maxNameLen  = 64
	nameLetters = "abcdefghijklmnopqrstuvwxyz0123456789_"
)

// Check returns every problem of the policy at once, with paths inside it. [Compile]
// takes a policy without problems.
func (p Policy) Check() error {
	var problems value.Errors
	problems.Add("", wire.Check(&p))
	problems.Add("", p.rules())
	return problems.Err()
}

// rules returns every problem that the tags of the policy do not find.
func (p Policy) rules() error {
	var problems value.Errors
	problems.Add("rates", p.Rates.check())
	const at = "role_based.contributions"
	priced := p.RoleBased.Contributions
	if len(priced) == 0 && p.Model == RoleBased {
		problems.Refuse(at, "comp.contributions.missing", "0 contributions",
			"are given; a role-based policy has at least one")
	}
	for _, c := range slices.Sorted(maps.Keys(priced)) {
		problems.Add(at, checkName("comp.contribution.id", string(c), "contribution"))
	}
	return problems.Err()
}

// checkName refuses a malformed id of a contribution or a table.
func checkName(code value.Code, id, of string) error {
	if isName(id) {
		return nil
	}
	want := "is no " + of + " id; write lower-case letters, digits and underscores, a letter first, at most 64 bytes"
	return value.NewError(code, value.Quote(id), want)
}

func isName(s string) bool {
	return s != "" && len(s) <= maxNameLen && 'a' <= s[0] && s[0] <= 'z' && strings.Trim(s, nameLetters) == ""
}
