package mapping

import (
	"slices"
	"strings"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

const maxBytes = 256 << 10

// file is the JSON form of a [Mapping].
type file struct {
	System string        `json:"system" wire:"needed,1..256,code=mapping.malformed"`
	Source string        `json:"source" wire:"needed,..262144"`
	Note   string        `json:"note,omitzero" wire:"..262144"`
	Stages []stage.Stage `json:"stages" wire:"needed,1..1000,code=mapping.malformed,unique,each=1..256;code=mapping.malformed"`
	Names  []name        `json:"names" wire:"needed,1..1000,code=mapping.malformed"`
}

// name is a stage name of the other system with the stages that it covers.
type name struct {
	Name   string        `json:"name" wire:"needed,1..256,code=mapping.malformed"`
	Covers []stage.Stage `json:"covers" wire:"needed,1..1000,code=mapping.malformed"` // in the order of the playbook
}

// Parse reads a mapping file, at most 256 KiB: the system, the source of its names, the stages of the playbook in
// order without won and lost, and each name with the stages that it covers. It is strict and reports every problem
// at once: mapping.malformed, mapping.stage and those of the form, such as json.missing; of text that is not JSON,
// the first. Paths begin with mapping, such as mapping.names[3].covers.
func Parse(data []byte) (Mapping, error) {
	var f file
	if err := wire.Document(data, maxBytes, &f, file.rules); err != nil {
		return Mapping{}, value.Below("mapping", err)
	}
	return Mapping{f}, nil
}

// all returns the stages of the playbook with won and lost after them.
func (f file) all() []stage.Stage { return append(slices.Clip(f.Stages), stage.Won, stage.Lost) }

// rules returns every problem that the form of the file does not show.
func (f file) rules() error {
	var problems value.Errors
	problems.Add("system", checkText(f.System))
	for i, s := range f.Stages {
		problems.Add(value.Index("stages", i), checkName(string(s), s == stage.Won || s == stage.Lost))
	}
	known := make(map[string]bool, len(f.Names))
	all := texts(f.all())
	for i, n := range f.Names {
		path := value.Index("names", i)
		problems.Add(path+".name", checkName(n.Name, known[n.Name]))
		problems.Add(path+".covers", n.check(all))
		known[n.Name] = true
	}
	return problems.Err()
}

func checkName(s string, taken bool) error {
	if taken {
		return value.NewError(malformed, value.Quote(s),
			"is taken; each stands once, and won and lost are no stages of a playbook")
	}
	return checkText(s)
}

func checkText(s string) error {
	if s != "" && strings.TrimSpace(s) == "" {
		return value.NewError(malformed, value.Quote(s), "says nothing")
	}
	return nil
}

// check refuses a covered stage that is unknown or not in the order of the playbook.
func (n name) check(all []string) error {
	var problems value.Errors
	before := -1
	for i, s := range n.Covers {
		at := slices.Index(all, string(s))
		switch {
		case at < 0:
			problems.Add(value.Index("", i), value.Known(stageUnknown, string(s), all))
		case (s == stage.Won || s == stage.Lost) && len(n.Covers) > 1:
			problems.Refuse(value.Index("", i), malformed, value.Quote(string(s)),
				"stands beside other stages; a deal that has ended is in none")
		case at <= before:
			problems.Refuse(value.Index("", i), malformed, value.Quote(string(s)),
				"stands before an earlier stage, or twice")
		}
		before = max(before, at)
	}
	return problems.Err()
}
