package comp

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/model"
)

// Payees are those of a map, whatever stands in the same place of what was found last.
func TestPayeesAgreeWithAMap(t *testing.T) {
	id := rapid.SampledFrom([]string{"", "a", "b", "ana", "anb", "aoa", "bo", "abcdefg", "abcdegg", "acbdefg"})
	rapid.Check(t, func(t *rapid.T) {
		var p payees
		want := map[string]model.Party{}
		t.Repeat(map[string]func(*rapid.T){
			"add": func(t *rapid.T) {
				id := id.Draw(t, "id")
				if _, known := want[id]; known {
					t.Skip()
				}
				want[id] = model.PartnerOrg(rapid.StringN(1, 2, 2).Draw(t, "org"))
				p.add(id, want[id])
			},
			"remove": func(t *rapid.T) {
				id := id.Draw(t, "id")
				p.remove(id)
				delete(want, id)
			},
			"clone": func(t *rapid.T) {
				c := p.clone()
				for id, party := range want {
					p.find(id).party = model.Party{} // nobody else's
					if got := c.find(id); got == nil || got.party != party {
						t.Fatalf("%q: %v, want %v", id, got, party)
					}
				}
				p = c
			},
			"": func(t *rapid.T) {
				id := id.Draw(t, "asked")
				party, known := want[id]
				got := p.find(id)
				if (got != nil) != known || known && (got.payee != id || got.party != party) {
					t.Fatalf("%q: %v, want %v", id, got, party)
				}
				if len(p.sorted()) != len(want) {
					t.Fatalf("%d payees, want %d", len(p.sorted()), len(want))
				}
			},
		})
	})
}
