package compgen

import (
	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/wiregen"
	"github.com/coselling/coselling/value"
)

// AnyPolicy draws a policy of any model that compiles, with up to five
// contributions. They are together mostly below 100 %, so that one side may have
// several of them; a policy that is not role-based may have none.
func AnyPolicy() *rapid.Generator[comp.Policy] {
	return rapid.Custom(func(t *rapid.T) comp.Policy {
		p := wiregen.Of[comp.Policy](nil).Draw(t, "terms")
		p.Origination.Influenced = anyPart().Draw(t, "influenced")
		least := 1
		if p.Model != comp.RoleBased {
			least = 0
		}
		ids := rapid.SliceOfNDistinct(anyContribution(), least, 5, rapid.ID[comp.Contribution]).Draw(t, "contributions")
		p.RoleBased.Contributions = make(map[comp.Contribution]value.Percent, len(ids))
		high := between(t, "one is high", 0, 3) == 0
		alike := between(t, "all are alike", 0, 5) == 0
		for i, id := range ids {
			part := anyPart().Draw(t, string(id))
			switch {
			case alike && i > 0:
				part = p.RoleBased.Contributions[ids[0]]
			case i > 0 || !high:
				part = percent(part.Millionths() / 5)
			}
			p.RoleBased.Contributions[id] = part
		}
		return p
	})
}

func anyContribution() *rapid.Generator[comp.Contribution] {
	return rapid.OneOf(
		rapid.SampledFrom([]comp.Contribution{comp.TechnicalValidation, comp.CoSelling, "introduction", "implementation"}),
		rapid.Map(rapid.StringMatching(`[a-z][a-z0-9_]{0,3}`), func(s string) comp.Contribution { return comp.Contribution(s) }),
	)
}
