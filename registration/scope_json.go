package registration

import (
	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/internal/strictjson"
)

// scopeWire is the JSON form; what is empty is left out.
type scopeWire struct {
	Products []Product `json:"products,omitempty"`
	Regions  []Region  `json:"regions,omitempty"`
}

// MarshalJSON returns products and regions in their order; an empty list, which means
// all, is left out. [Scope.UnmarshalJSON] gives an equal scope back.
func (s Scope) MarshalJSON() ([]byte, error) { return json.Marshal(scopeWire(s)) }

// UnmarshalJSON reads a scope of at most 1000 products and 1000 regions. It is strict: an
// unknown, repeated or wrongly cased member is refused. Whether the ids are well formed
// says the rule that reads the scope.
func (s *Scope) UnmarshalJSON(data []byte) error {
	var w scopeWire
	if err := strictjson.Decode(data, &w, strictjson.Limits{Bytes: maxClaimBytes, Depth: maxClaimDepth, Items: maxScope}); err != nil {
		return err
	}
	*s = Scope(w)
	return nil
}
