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
	"github.com/coselling/coselling/internal/grid"
	"github.com/coselling/coselling/value"
)

// indented indents every line of an error by two blanks.
func indented(err error) string { return "  " + strings.ReplaceAll(err.Error(), "\n", "\n  ") }

// counted writes a number with its noun: "1 deal", "2 deals".
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// shown returns a name, quoted unless it is short and plain.
func shown(name string) string {
	if quoted := value.Quote(name); quoted != `"`+name+`"` {
		return quoted
	}
	return name
}

// digits writes an amount without its currency, and "-" for the zero Money.
func digits(m value.Money) string {
	if m.IsZero() {
		return "-"
	}
	return string(m.AppendAmount(nil))
}

// signed writes an amount without its currency, and with a plus if it is positive.
func signed(m value.Money) string {
	if m.Sign() > 0 {
		return "+" + digits(m)
	}
	return digits(m)
}

// more counts the elements of a list that are not shown; it returns "" for none.
func more(n int, noun, indent string) string {
	if n <= 0 {
		return ""
	}
	return indent + "and " + strconv.Itoa(n) + " more " + strings.TrimPrefix(counted(n, noun), strconv.Itoa(n)+" ") +
		"\n"
}

// columns writes rows in columns behind an indent; a column whose letter in layout is r stands to the right.
func columns(indent, layout string, rows [][]string) string {
	return grid.Columns(indent, rows, func(i int) bool { return layout[i] == 'r' })
}

const hundred int64 = 100_000_000 // 100 % in millionths of a percent

// sorted returns the keys of a map in ascending order.
func sorted[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

// canonical returns a policy's canonical text, with a member on each line.
func canonical(policy comp.Policy) (string, error) {
	text, err := json.Marshal(policy, json.Deterministic(true), jsontext.WithIndent("  "))
	return string(text), err
}

// editsOf returns the fields that differ, without the ends of tiers: each is the beginning of the next tier.
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
