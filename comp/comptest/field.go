package comptest

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

const hundred int64 = 100_000_000 // 100 % in millionths of a percent

// sorted returns the keys of a map in ascending order.
func sorted[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

// canonical returns a policy's canonical text, with a member on each line.
func canonical(policy comp.Policy) (string, error) {
	text, err := json.Marshal(policy, json.Deterministic(true), jsontext.WithIndent("  "))
	return string(text), err
}

// editsOf returns the fields that differ, in the order of the policies' documents. It leaves
// out the ends of tiers, because each is the beginning of the next tier.
func editsOf(before, after comp.Policy) []comp.PolicyChange {
	return slices.DeleteFunc(comp.Diff(before, after), func(c comp.PolicyChange) bool {
		return strings.HasPrefix(c.Path, "rates.tables.") && strings.HasSuffix(c.Path, "].to")
	})
}

// nextTier returns the path of the next tier: "…tiers[1]" for "…tiers[0".
func nextTier(tier string) string {
	at := strings.LastIndexByte(tier, '[')
	i, _ := strconv.Atoi(tier[at+1:])
	return value.Index(tier[:at], i+1)
}

func tablePath(id comp.TableID) string { return "rates.tables." + string(id) }

func contributionPath(c comp.Contribution) string { return "role_based.contributions." + string(c) }

// within reports whether a path is that of the field or of one below it.
func within(path, field string) bool {
	rest, ok := strings.CutPrefix(path, field)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}
