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

// Parse reads the JSON form of a history, at most 16 MiB, with up to 400 versions and 400
// corrections. Every member is needed but to; [comp.ParsePolicy] says which members a
// policy needs. The instant of an approval is in UTC, in the form in which it is written.
//
// Parse is strict and reports every problem at once: a repeated, unknown, wrongly cased or missing member, a
// value of another type or out of bounds, and, where every value could be read, the problems of [New] and
// [History.Correct]. Text that is not JSON, or has something behind it, gives only its first error.
func Parse(data []byte) (History, error) {
	var h History
	err := h.UnmarshalJSON(data)
	return within(h, err)
}

// UnmarshalJSON is [Parse] for a history inside another document. The paths of its errors
// begin inside the history, without "history".
func (h *History) UnmarshalJSON(data []byte) error {
	var read History
	err := wire.Document(data, maxBytes, new(historyWire), func(w historyWire) (err error) {
		read, err = w.draft().finish()
		return err
	})
	if err == nil {
		*h = read
	}
	return err
}

func (w historyWire) draft() *draft {
	d := newDraft(w.Terms, w.Versions)
	for _, c := range w.Corrections {
		d.corrections = append(d.corrections, &correction{Correction: c})
	}
	return d
}

// MarshalJSON returns the text that [History.AppendJSON] appends.
func (h History) MarshalJSON() ([]byte, error) { return h.AppendJSON(make([]byte, 0, 1024)) }

// AppendJSON appends the canonical form, without unneeded space: every member in a fixed
// order, to only where a version states its end. [Parse] reads an equal history from it.
// It is a history.size error where Parse would refuse the size.
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
