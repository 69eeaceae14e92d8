package value

import "github.com/go-json-experiment/json"

// reasonWire is the JSON form of a reason.
type reasonWire struct {
	Code     Code          `json:"code"`
	Text     string        `json:"text"`
	Paths    []string      `json:"paths,omitempty"`
	Operands []operandWire `json:"operands,omitempty"`
}

type operandWire struct {
	Name  string `json:"name"`
	Value any    `json:"value"`
}

// MarshalJSON returns the reason's code, its sentence, its paths and its operands in
// order, each with its name and value: a count as a number, an amount as
// [Money.MarshalJSON] writes it, all else as text. An operand that was withheld from
// the reader is not there. Ask [Reason.For] first: whatever the reason still holds is
// written. No reason is null. The form is for readers; nothing reads it back.
func (r Reason) MarshalJSON() ([]byte, error) {
	if r.IsZero() {
		return []byte("null"), nil
	}
	w := reasonWire{Code: r.code, Text: r.String(), Paths: r.paths}
	for _, o := range r.operands {
		if v := o.wire(); v != nil {
			w.Operands = append(w.Operands, operandWire{o.name, v})
		}
	}
	return json.Marshal(w)
}

// wire returns the value as JSON has it; nil where it is withheld.
func (o Operand) wire() any {
	switch v := o.value.(type) {
	case nil:
		return nil
	case int:
		return v
	case Money:
		return v
	default:
		return o.String()
	}
}
