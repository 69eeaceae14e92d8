package mapping

import (
	"slices"

	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// Mapping takes the stage names of one other system to stages of ours and back. Make
// it with [Parse] or [Shipped]; it is immutable. The zero value knows no name.
type Mapping struct{ file file }

// System returns what the other system is called.
func (m Mapping) System() string { return m.file.System }

// Source returns where the names come from.
func (m Mapping) Source() string { return m.file.Source }

// Note returns what a reader of the mapping should know; it may be empty.
func (m Mapping) Note() string { return m.file.Note }

// Names returns the other system's names in the order of the file; the caller owns
// the slice.
func (m Mapping) Names() []string {
	names := make([]string, len(m.file.Names))
	for i, n := range m.file.Names {
		names[i] = n.Name
	}
	return names
}

// Covers returns every stage of ours that a name covers, in the order of the
// playbook; the caller owns the slice. An unknown name is a [NameUnknown] error.
func (m Mapping) Covers(theirs string) ([]stage.Stage, error) {
	for _, n := range m.file.Names {
		if n.Name == theirs {
			return slices.Clone(n.Covers), nil
		}
	}
	return nil, value.Known(NameUnknown, theirs, m.Names())
}

// Import returns the stage of ours for a name of the other system, [stage.Won] and
// [stage.Lost] included: where it covers several, the earliest. Names are compared
// bytewise; an unknown one is a [NameUnknown] error that lists the known ones.
func (m Mapping) Import(theirs string) (stage.Stage, error) {
	covers, err := m.Covers(theirs)
	if err != nil {
		return "", err
	}
	return covers[0], nil
}

// Exported is a stage of ours in the words of the other system. The zero value is
// none.
type Exported struct {
	Name string       // the first of their names
	Loss value.Reason // why importing Name does not give the stage back (stage.map_loss); zero: it does
}

// Export returns the first name that covers a stage of ours or, where none does,
// that of the nearest earlier stage that has one, and says what is lost. The two
// ends have no earlier stage but won, which comes after the last. A stage that the
// mapping does not list, or with no name to go to, is a [StageUnknown] error.
func (m Mapping) Export(ours stage.Stage) (Exported, error) {
	stages := m.file.all()
	at := slices.Index(stages, ours)
	if at < 0 {
		return Exported{}, value.Known(StageUnknown, string(ours), texts(stages))
	}
	for i := at; i >= 0; i-- {
		for _, n := range m.file.Names {
			if slices.Contains(n.Covers, stages[i]) {
				return Exported{n.Name, loss(ours, n)}, nil
			}
		}
		if ours == stage.Lost {
			break
		}
	}
	return Exported{}, value.NewError(StageUnknown, value.Quote(string(ours)), "has no name in "+m.file.System+", and no earlier stage has one")
}

// loss says what is lost where a name's earliest stage is another one.
func loss(ours stage.Stage, n name) value.Reason {
	if n.Covers[0] == ours {
		return value.Reason{}
	}
	return value.NewReason(MapLoss, "{name} comes back as {back}, not as {stage}",
		value.Op("name", n.Name), value.Op("back", string(n.Covers[0])), value.Op("stage", string(ours)))
}

func texts(stages []stage.Stage) []string {
	out := make([]string, len(stages))
	for i, s := range stages {
		out[i] = string(s)
	}
	return out
}
