package assess

import (
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

// MarshalJSON returns the view as a document for a portal or a log: members in a fixed
// order, what is empty left out, instants in UTC, amounts and percentages as text, each
// reason with its sentence. The same facts, in any order, give the same bytes. Nothing
// reads it back. The findings of all parts, those of the communication among them, stand
// under findings, and what is due under next. Only text that is not UTF-8 is an error.
func (v View) MarshalJSON() ([]byte, error) { return v.AppendJSON(make([]byte, 0, 16<<10)) }

// AppendJSON appends what [View.MarshalJSON] returns. It is the quicker way to write many
// views: the JSON library reads what MarshalJSON returns once more.
func (v View) AppendJSON(b []byte) ([]byte, error) { return wire.Append(b, &v) }

// missingWire is the form of [Missing], its problems with their sentences.
type missingWire struct {
	Part     Part          `json:"part"`
	Problems []problemWire `json:"problems"`
}

// problemWire is a problem with its sentence.
type problemWire struct {
	// what is wrong; never gets another meaning
	Code value.Code `json:"code"`
	// the fact that it is about
	Path string `json:"path"`
	// the same in words
	Text string `json:"text"`
}

// MarshalJSON returns the part and its problems, as a [View] writes them.
func (m Missing) MarshalJSON() ([]byte, error) { return m.AppendJSON(nil) }

// AppendJSON appends what [Missing.MarshalJSON] returns.
func (m Missing) AppendJSON(b []byte) ([]byte, error) {
	w := missingWire{Part: m.Part, Problems: make([]problemWire, len(m.Problems))}
	for i, p := range m.Problems {
		w.Problems[i] = problemWire{p.Code, p.Path, p.Error()}
	}
	return wire.Append(b, &w)
}
