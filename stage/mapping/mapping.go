package mapping

import (
	"embed"
	"slices"

	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// Mapping translates the stage names of one other system to stages of a playbook and back. Make it with [Parse] or
// [Shipped]; it is immutable. The zero value has no names.
type Mapping struct{ file file }

// System returns the other system's name for people, such as AWS Partner Central, not that of [System.String]; ""
// for the zero value.
func (m Mapping) System() string { return m.file.System }

// Source says where the names were taken from, such as a page of the vendor's help and the month in which it was
// read; "" for the zero value.
func (m Mapping) Source() string { return m.file.Source }

// Note returns what people should know about the names, such as whether they are ids or labels; "" if the file
// has none.
func (m Mapping) Note() string { return m.file.Note }

// Names returns the other system's names in the order of the file; the caller owns the slice.
func (m Mapping) Names() []string {
	names := make([]string, len(m.file.Names))
	for i, n := range m.file.Names {
		names[i] = n.Name
	}
	return names
}

// Covers returns every stage that a name of the other system covers, in the order of the playbook; the caller owns
// the slice. An unknown name is a [NameUnknown] error.
func (m Mapping) Covers(theirs string) ([]stage.Stage, error) {
	for _, n := range m.file.Names {
		if n.Name == theirs {
			return slices.Clone(n.Covers), nil
		}
	}
	return nil, value.Known(NameUnknown, theirs, m.Names())
}

// Import returns the earliest stage that a name of the other system covers; it may be [stage.Won] or [stage.Lost].
// Names are compared bytewise; an unknown one is a [NameUnknown] error that lists the known ones.
func (m Mapping) Import(theirs string) (stage.Stage, error) {
	covers, err := m.Covers(theirs)
	if err != nil {
		return "", err
	}
	return covers[0], nil
}

// Exported is a stage in the words of the other system. The zero value is no stage.
type Exported struct {
	Name string       // the name in the other system
	Loss value.Reason // the reason why importing Name gives another stage (stage.map_loss); zero: it gives the same one
}

// Export returns the first name that covers a stage, else the name of the nearest earlier stage that has one. Won
// comes after the last stage, nothing before lost. A stage that is not listed, or has no name and none before it
// has one, is a mapping.stage error.
func (m Mapping) Export(ours stage.Stage) (Exported, error) {
	stages := m.file.all()
	at := slices.Index(stages, ours)
	if at < 0 {
		return Exported{}, value.Known(stageUnknown, string(ours), texts(stages))
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
	return Exported{}, value.NewError(stageUnknown, value.Quote(string(ours)),
		"has no name in "+value.Quote(m.file.System)+", and no earlier stage has one")
}

// loss returns the reason why a name comes back as another stage; zero where it does not.
func loss(ours stage.Stage, n name) value.Reason {
	if n.Covers[0] == ours {
		return value.Reason{}
	}
	return value.NewReason("stage.map_loss", "{name} comes back as {back}, not as {stage}",
		value.Op("name", n.Name), value.Op("back", string(n.Covers[0])), value.Op("stage", string(ours)))
}

func texts(stages []stage.Stage) []string {
	out := make([]string, len(stages))
	for i, s := range stages {
		out[i] = string(s)
	}
	return out
}

// Codes of bad input that this package refuses.
const (
	NameUnknown  value.Code = "mapping.name"      // refuses a name that is not in the mapping
	stageUnknown value.Code = "mapping.stage"     // refuses a stage that is not listed or has no name
	malformed    value.Code = "mapping.malformed" // refuses missing, long, repeated and unordered names and stages
)

// System is a system whose mapping is part of the package. The zero value is no system.
type System uint8

// The systems with a shipped mapping.
const (
	AWSPartnerCentral System = 1 + iota
	MicrosoftPartnerCenter
	Salesforce
	HubSpot
	Dynamics365
)

var systemNames = enum.Of[System](
	"mapping.system", "aws_partner_central", "microsoft_partner_center", "salesforce", "hubspot", "dynamics365",
)

// ParseSystem reads the name of a system, such as hubspot. Anything else is a mapping.system error.
func ParseSystem(s string) (System, error) { return systemNames.Parse(s) }

// String returns the system's name, such as aws_partner_central; "" for any other number.
func (s System) String() string { return systemNames.Name(s) }

//go:embed *.json
var files embed.FS

// Document returns the file of a shipped mapping, which the caller owns; nil for any other number.
func (s System) Document() []byte {
	data, _ := files.ReadFile(s.String() + ".json") // the zero value has no file
	return data
}

// Shipped returns the mapping of a system. A number that is none of the constants is a mapping.system error at
// system.
func Shipped(s System) (Mapping, error) {
	if err := systemNames.Check(s); err != nil {
		return Mapping{}, value.Below("system", err)
	}
	return Parse(s.Document())
}
