package mapping

import (
	"slices"
	"strconv"
	"strings"

	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

const (
	maxBytes = 256 << 10
	maxDepth = 6
	maxNames = 1000
	maxName  = 256 // bytes
)

type wire struct {
	System *string     `json:"system"`
	Source *string     `json:"source"`
	Note   *string     `json:"note,omitempty"`
	Stages []string    `json:"stages"`
	Names  []*nameWire `json:"names"`
}

type nameWire struct {
	Name   *string  `json:"name"`
	Covers []string `json:"covers"`
}

// Parse reads a mapping file, at most 256 KiB: the system, the source of its names,
// our stages in order without won and lost, and each name with the stages that it
// covers. A malformed document gives its first problem; [Malformed], [StageUnknown]
// and the like are returned all at once, each with its path.
func Parse(data []byte) (Mapping, error) {
	var w wire
	if err := strictjson.Decode(data, &w, strictjson.Limits{Bytes: maxBytes, Depth: maxDepth}); err != nil {
		return Mapping{}, value.In("mapping", err)
	}
	m, problems := w.mapping()
	if err := problems.Err(); err != nil {
		return Mapping{}, value.In("mapping", err)
	}
	return m, nil
}

func (w wire) mapping() (Mapping, value.Errors) {
	var problems value.Errors
	m := Mapping{system: *w.System, source: *w.Source}
	if w.Note != nil {
		m.note = *w.Note
	}
	problems.Add("system", checkText(m.system))
	if len(w.Stages) == 0 || len(w.Stages) > maxNames || len(w.Names) == 0 || len(w.Names) > maxNames {
		problems.Add("", value.NewError(Malformed, strconv.Itoa(len(w.Stages))+" stages and "+strconv.Itoa(len(w.Names))+" names", "are not 1 to "+strconv.Itoa(maxNames)+" of each"))
		return m, problems
	}
	for i, s := range w.Stages {
		taken := slices.Contains(w.Stages[:i], s) || stage.Stage(s) == stage.Won || stage.Stage(s) == stage.Lost
		problems.Add(value.Index("stages", i), checkName(s, taken))
		m.stages = append(m.stages, stage.Stage(s))
	}
	m.stages = append(m.stages, stage.Won, stage.Lost)
	for i, n := range w.Names {
		taken := slices.ContainsFunc(w.Names[:i], func(other *nameWire) bool { return *other.Name == *n.Name })
		path := value.Index("names", i)
		problems.Add(path+".name", checkName(*n.Name, taken))
		covers, err := m.covers(n.Covers)
		problems.Add(path+".covers", err)
		m.names = append(m.names, name{*n.Name, covers})
	}
	return m, problems
}

func checkName(s string, taken bool) error {
	if taken {
		return value.NewError(Malformed, value.Quote(s), "is taken; each stands once, and won and lost are no stages of a playbook")
	}
	return checkText(s)
}

func checkText(s string) error {
	if strings.TrimSpace(s) == "" || len(s) > maxName {
		return value.NewError(Malformed, value.Quote(s), "is not a text of 1 to "+strconv.Itoa(maxName)+" bytes")
	}
	return nil
}

// covers reads the stages that a name covers: at least one, each known, in the order
// of the playbook.
func (m Mapping) covers(list []string) ([]stage.Stage, error) {
	var problems value.Errors
	if len(list) == 0 {
		problems.Add("", value.NewError(Malformed, "nothing", "is covered; a name covers at least one stage"))
	}
	before := -1
	var covers []stage.Stage
	for i, s := range list {
		at := slices.Index(m.stages, stage.Stage(s))
		switch {
		case at < 0:
			problems.Add(value.Index("", i), value.Known(StageUnknown, s, texts(m.stages)))
		case (stage.Stage(s) == stage.Won || stage.Stage(s) == stage.Lost) && len(list) > 1:
			problems.Add(value.Index("", i), value.NewError(Malformed, value.Quote(s), "stands beside other stages; a deal that has ended is in none"))
		case at <= before:
			problems.Add(value.Index("", i), value.NewError(Malformed, value.Quote(s), "stands before an earlier stage, or twice"))
		}
		before = max(before, at)
		covers = append(covers, stage.Stage(s))
	}
	return covers, problems.Err()
}
