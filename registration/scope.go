package registration

import (
	"slices"
	"strconv"
	"strings"

	"github.com/coselling/coselling/value"
)

const (
	maxScope   = 1000 // products, and regions
	maxScopeID = 64   // bytes
)

// Product is the vendor's id of a product or product line, 1 to 64 bytes of UTF-8
// without control characters, compared bytewise. The set is open.
type Product string

// Region is an id of a region, such as EMEA or DE; like [Product].
type Region string

// Scope is what a claim is narrowed to. Nil and empty mean all. Order and repetition
// do not count.
type Scope struct {
	// of the vendor; nil: all
	Products []Product `json:"products,omitzero"`
	// nil: all
	Regions []Region `json:"regions,omitzero"`
}

// Common returns what two scopes share; false where they do not overlap: they
// overlap only if both the products and the regions do (reg.same_account). Nothing of
// the result is shared with s or other.
func (s Scope) Common(other Scope) (Scope, bool) {
	products, ok := common(s.Products, other.Products)
	if !ok {
		return Scope{}, false
	}
	regions, ok := common(s.Regions, other.Regions)
	return Scope{products, regions}, ok
}

// Overlaps reports whether two scopes share something; it allocates nothing.
func (s Scope) Overlaps(other Scope) bool {
	return meets(s.Products, other.Products) && meets(s.Regions, other.Regions)
}

// Covers reports whether all of other is within s.
func (s Scope) Covers(other Scope) bool {
	return within(other.Products, s.Products) && within(other.Regions, s.Regions)
}

// String returns the scope in words, such as "crm, erp in EMEA"; "everything" where
// it is not narrowed.
func (s Scope) String() string {
	text := join(s.Products)
	if regions := join(s.Regions); regions != "" {
		text = strings.TrimSpace(text + " in " + regions)
	}
	if text == "" {
		return "everything"
	}
	return text
}

func join[T ~string](ids []T) string {
	var texts []string
	for _, id := range ids {
		texts = append(texts, string(id))
	}
	return strings.Join(texts, ", ")
}

// canonical checks the scope and returns it sorted, each id once.
func (s Scope) canonical() (Scope, error) {
	var problems value.Errors
	problems.Add("products", checkIDs(s.Products))
	problems.Add("regions", checkIDs(s.Regions))
	return Scope{set(s.Products), set(s.Regions)}, problems.Err()
}

func checkIDs[T ~string](ids []T) error {
	if len(ids) > maxScope {
		return value.NewError(ScopeID, strconv.Itoa(len(ids))+" entries", "are above the limit of "+strconv.Itoa(maxScope))
	}
	var problems value.Errors
	for i, id := range ids {
		problems.Add(value.Index("", i), checkText(ScopeID, string(id), maxScopeID, "is no id; write 1 to 64 bytes of text"))
	}
	return problems.Err()
}

// set returns ids sorted, each once; nil where there are none.
func set[T ~string](ids []T) []T {
	return slices.Compact(slices.Sorted(slices.Values(ids)))
}

func common[T ~string](a, b []T) ([]T, bool) {
	switch {
	case len(a) == 0:
		return set(b), true
	case len(b) == 0:
		return set(a), true
	}
	both := slices.DeleteFunc(set(a), func(id T) bool { return !slices.Contains(b, id) })
	return both, len(both) > 0
}

func meets[T ~string](a, b []T) bool {
	return len(a) == 0 || len(b) == 0 || slices.ContainsFunc(a, func(id T) bool { return slices.Contains(b, id) })
}

func within[T ~string](a, b []T) bool {
	return len(b) == 0 || len(a) > 0 && !slices.ContainsFunc(a, func(id T) bool { return !slices.Contains(b, id) })
}
