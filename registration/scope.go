package registration

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const (
	maxScope   = 1000 // products, and as many regions and functions
	maxScopeID = 64   // bytes
)

// Scope narrows a claim to some products, regions and functions, and a deal to some products and regions. Nil and
// empty lists mean all. Order and repetition do not count. An id is 1 to 64 bytes of UTF-8 without control characters,
// compared bytewise.
type Scope struct {
	// ids of products or product lines of the vendor, at most 1,000; nil: all
	Products []string `json:"products,omitzero"`
	Regions  []string `json:"regions,omitzero"` // ids of regions, such as EMEA or DE, at most 1,000; nil: all
	// of the claimant in the deals that the claim covers, at most 1,000; nil: all (party.function)
	Functions []model.Function `json:"functions,omitzero"`
}

// MarshalJSON returns products, regions and functions in their order, without a list that is empty and so means all.
func (s Scope) MarshalJSON() ([]byte, error) { return wire.Marshal(&s) }

// UnmarshalJSON reads at most 1,000 products, regions and functions strictly; the rule that reads the scope checks
// the ids.
func (s *Scope) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxClaimBytes, s) }

// common returns the part that two scopes share, in lists of its own; zero if they have no product or no function in
// common.
func (s Scope) common(other Scope) Scope {
	if !meets(s.Products, other.Products) || !meets(s.Functions, other.Functions) {
		return Scope{}
	}
	return Scope{common(s.Products, other.Products), common(s.Regions, other.Regions),
		common(s.Functions, other.Functions)}
}

// Overlaps reports whether two scopes share a product, a region and a function (reg.same_account). An empty list shares
// with every other. It allocates nothing.
func (s Scope) Overlaps(other Scope) bool {
	return meets(s.Products, other.Products) && meets(s.Regions, other.Regions) &&
		meets(s.Functions, other.Functions)
}

// covers reports whether all products and regions of other are within s.
func (s Scope) covers(other Scope) bool {
	return within(other.Products, s.Products) && within(other.Regions, s.Regions)
}

// String returns the scope in words, such as "crm, erp in EMEA", "in EMEA" for all products there, "crm for resale", or
// "everything" if it is not narrowed; ids in the order of the lists.
func (s Scope) String() string {
	text := list(s.Products)
	if regions := list(s.Regions); regions != "" {
		text = strings.TrimSpace(text + " in " + regions)
	}
	text = cmp.Or(text, "everything")
	if len(s.Functions) > 0 {
		text += " for " + list(s.Functions)
	}
	return text
}

// list returns ids as people write them.
func list[T ~string](ids []T) string {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = string(id)
	}
	return strings.Join(texts, ", ")
}

// canonical checks the scope and returns it sorted, each id once.
func (s Scope) canonical() (Scope, error) {
	var problems value.Errors
	problems.Add("products", checkIDs(s.Products))
	problems.Add("regions", checkIDs(s.Regions))
	problems.Add("functions", checkIDs(s.Functions))
	return Scope{set(s.Products), set(s.Regions), set(s.Functions)}, problems.Err()
}

func checkIDs[T ~string](ids []T) error {
	if len(ids) > maxScope {
		return value.NewError(scopeID, strconv.Itoa(len(ids))+" entries",
			"are above the limit of "+strconv.Itoa(maxScope))
	}
	var problems value.Errors
	for i, id := range ids {
		problems.Add(value.Index("", i),
			checkText(scopeID, string(id), maxScopeID, "is not an id; write 1 to 64 bytes of text"))
	}
	return problems.Err()
}

// set returns ids sorted, each once; nil if there are none.
func set[T ~string](ids []T) []T {
	if len(ids) == 0 {
		return nil
	}
	return slices.Compact(slices.Sorted(slices.Values(ids)))
}

// common returns the ids that are in both sets; an empty set stands for every id.
func common[T ~string](a, b []T) []T {
	switch {
	case len(a) == 0:
		return set(b)
	case len(b) == 0:
		return set(a)
	}
	return slices.DeleteFunc(set(a), func(id T) bool { return !slices.Contains(b, id) })
}

// meets reports whether two sets have an id in common; an empty set stands for every id.
func meets[T ~string](a, b []T) bool {
	return len(a) == 0 || len(b) == 0 || slices.ContainsFunc(a, func(id T) bool { return slices.Contains(b, id) })
}

// within reports whether b has every id of a; an empty set stands for every id.
func within[T ~string](a, b []T) bool {
	return len(b) == 0 || len(a) > 0 && !slices.ContainsFunc(a, func(id T) bool { return !slices.Contains(b, id) })
}
