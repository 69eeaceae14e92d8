package timeline

import (
	"strconv"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

const maxBytes = 16 << 20

// historyWire is the JSON form of [History].
type historyWire struct {
	Terms
	// ordered by their first days
	Versions []Version `json:"versions" wire:"needed,..400,code=history.versions.count"`
	// in the order in which they were recorded
	Corrections []Correction `json:"corrections" wire:"needed,..400,code=history.corrections.count"`
}

// Parse reads the JSON form of a history, at most 16 MiB, with up to 400 versions and 400 corrections. Every
// member is needed but to, and those that [comp.ParsePolicy] excepts. The instant of an approval is in UTC. Parse
// is as strict as [comp.ParsePolicy] and reports every problem of [New] and [History.Correct] at once. Paths begin
// with history, such as history.corrections[0].from.
func Parse(data []byte) (History, error) {
	var h History
	err := h.UnmarshalJSON(data)
	return within(h, err)
}

// UnmarshalJSON is [Parse] for a history inside another document; paths begin inside the history.
func (h *History) UnmarshalJSON(data []byte) error {
	var read History
	err := wire.Document(data, maxBytes, new(historyWire), func(w historyWire) (err error) {
		d := newDraft(w.Terms, w.Versions)
		for _, c := range w.Corrections {
			d.corrections = append(d.corrections, &correction{Correction: c})
		}
		read, err = d.finish()
		return err
	})
	return wire.Store(h, read, err)
}

// MarshalJSON returns the text that [History.AppendJSON] appends.
func (h History) MarshalJSON() ([]byte, error) { return h.AppendJSON(make([]byte, 0, 1024)) }

// AppendJSON appends the canonical form, which [Parse] reads back; history.size where Parse would refuse the size.
func (h History) AppendJSON(b []byte) ([]byte, error) {
	w := historyWire{h.terms, h.Versions(), h.Corrections()}
	text, err := wire.Append(b, &w)
	if n := len(text) - len(b); n > maxBytes {
		tooLarge := value.NewError("history.size", strconv.Itoa(n)+" bytes",
			"are above the limit of "+strconv.Itoa(maxBytes))
		return nil, value.Below("history", tooLarge)
	}
	return text, err
}
