package mapping

import (
	"embed"
	"slices"

	"github.com/coselling/coselling/internal/enum"
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

// MapLoss is the reason of a translation that does not come back to where it began
// (stage.map_loss, SPEC 3.8).
const MapLoss value.Code = "stage.map_loss"

// Codes of bad input that this package refuses.
const (
	// NameUnknown refuses a stage name that the other system does not have.
	NameUnknown value.Code = "mapping.name"
	// StageUnknown refuses a stage of ours that the mapping does not list, or that it and no earlier one has a name for.
	StageUnknown value.Code = "mapping.stage"
	// SystemUnknown refuses a system whose mapping is not shipped.
	SystemUnknown value.Code = "mapping.system"
	// Malformed refuses a mapping without names, with a name that is empty, too long or repeated, or with stages that are.
	Malformed value.Code = "mapping.malformed"
)

// System is a system whose mapping is part of the package. The zero value is none.
type System uint8

// The systems (SPEC 3.8).
const (
	AWSPartnerCentral System = 1 + iota
	MicrosoftPartnerCenter
	Salesforce
	HubSpot
	Dynamics365
)

var systemNames = enum.Of[System](SystemUnknown, "aws_partner_central", "microsoft_partner_center", "salesforce", "hubspot", "dynamics365")

// ParseSystem reads aws_partner_central, microsoft_partner_center, salesforce,
// hubspot or dynamics365; anything else is a [SystemUnknown] error.
func ParseSystem(s string) (System, error) { return systemNames.Parse(s) }

// String returns the system's name, or "" for the zero value.
func (s System) String() string { return systemNames.Name(s) }

//go:embed *.json
var files embed.FS

// Document returns the file of a shipped mapping, to copy and change; nil for the
// zero value. The caller owns the bytes.
func (s System) Document() []byte {
	data, _ := files.ReadFile(s.String() + ".json") // the zero value has no file
	return data
}

// Shipped returns the mapping of a system; a value that is none of the constants is
// a [SystemUnknown] error.
func Shipped(s System) (Mapping, error) {
	if err := systemNames.Check(s); err != nil {
		return Mapping{}, value.In("system", err)
	}
	return Parse(s.Document())
}
