package crmcsv

import (
	"maps"
	"slices"
	"unicode/utf8"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const (
	maxMappingBytes = 4 << 20
	maxMappingDepth = 8
)

// Mapping says how the columns of an export become the fields of a deal. It is
// immutable; the zero value maps nothing and is refused by [NewReader].
type Mapping struct {
	export    string
	madeUp    []string
	delimiter rune
	fields    map[string]spec
	payees    []map[string]spec
	roster    map[string]rosterEntry
}

type rosterEntry struct {
	party model.Party
	rate  value.Percent
	table comp.TableID
}

type mappingWire struct {
	Export    *string                `json:"export"`
	MadeUp    []string               `json:"made_up,omitempty"`
	Delimiter *string                `json:"delimiter,omitempty"`
	Fields    map[string]spec        `json:"fields"`
	Payees    []map[string]spec      `json:"payees"`
	Roster    map[string]*rosterWire `json:"roster,omitempty"`
}

type rosterWire struct {
	Side *string `json:"side"`
	Org  *string `json:"org"`
	// One of the two.
	Rate  *string `json:"rate,omitempty"`
	Table *string `json:"table,omitempty"`
}

// ParseMapping reads a mapping file, at most 4 MiB. Malformed JSON gives its
// first problem; problems of values come all at once, each with its path below
// "mapping".
func ParseMapping(data []byte) (Mapping, error) {
	var wire mappingWire
	if err := strictjson.Decode(data, &wire, strictjson.Limits{Bytes: maxMappingBytes, Depth: maxMappingDepth}); err != nil {
		return Mapping{}, value.In("mapping", err)
	}
	m := Mapping{export: *wire.Export, madeUp: wire.MadeUp, delimiter: ',', fields: wire.Fields, payees: wire.Payees}
	var problems value.Errors
	problems.Add("delimiter", m.setDelimiter(wire.Delimiter))
	problems.Add("fields", checkFields(wire.Fields, dealFields()))
	if len(wire.Payees) == 0 {
		problems.Add("payees", value.NewError(FieldMissing, "nothing", "says whom to credit; map at least one payee"))
	}
	for i, payee := range wire.Payees {
		problems.Add(value.Index("payees", i), checkFields(payee, payeeFields()))
	}
	problems.Add("roster", m.setRoster(wire.Roster))
	if err := problems.Err(); err != nil {
		return Mapping{}, value.In("mapping", err)
	}
	return m, nil
}

// Export returns the name of the export that the mapping is for.
func (m Mapping) Export() string { return m.export }

// MadeUp returns what the mapping invents, in words; the caller owns the slice.
func (m Mapping) MadeUp() []string { return slices.Clone(m.madeUp) }

func (m *Mapping) setDelimiter(text *string) error {
	if text == nil {
		return nil
	}
	r, size := utf8.DecodeRuneInString(*text)
	if size != len(*text) || r == utf8.RuneError || r == 0 || r == '"' || r == '\r' || r == '\n' {
		return value.NewError(Delimiter, value.Quote(*text), "is no delimiter; write one character that is no quote, no line end and no NUL")
	}
	m.delimiter = r
	return nil
}

func (m *Mapping) setRoster(roster map[string]*rosterWire) error {
	var problems value.Errors
	m.roster = make(map[string]rosterEntry, len(roster))
	for _, rep := range slices.Sorted(maps.Keys(roster)) {
		wire := roster[rep]
		side, err := model.ParseSide(*wire.Side)
		problems.Add(value.Quote(rep)+".side", err)
		rate, err := wire.rate()
		problems.Add(value.Quote(rep)+".rate", err)
		party := model.Party{Side: side, Org: *wire.Org}
		if side.IsValid() {
			problems.Add(value.Quote(rep), party.Check())
		}
		m.roster[rep] = rosterEntry{party, rate, wire.table()}
	}
	return problems.Err()
}

// rate returns the flat rate of a rep, who names one or a table.
func (w *rosterWire) rate() (value.Percent, error) {
	switch {
	case w.Rate == nil && w.Table == nil:
		return value.Percent{}, value.NewError(FieldMissing, "nothing", "says the rep's rate; give a rate or a table of the policy")
	case w.Rate == nil:
		return value.Percent{}, nil
	case w.Table != nil:
		return value.Percent{}, value.NewError(comp.RateTwo, *w.Rate, "stands beside the table "+value.Quote(*w.Table)+"; give one of them")
	}
	rate, err := value.ParsePercent(*w.Rate)
	if err != nil {
		return rate, err
	}
	return rate, rate.CheckPart()
}

func (w *rosterWire) table() comp.TableID {
	if w.Table == nil {
		return ""
	}
	return comp.TableID(*w.Table)
}

func checkFields(fields map[string]spec, k kind) error {
	var problems value.Errors
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		f, ok := k.fieldOf(name)
		if !ok {
			problems.Add("", value.Known(FieldUnknown, name, k.names()))
			continue
		}
		problems.Add(name, fields[name].check(f))
	}
	for _, name := range k.names()[:k.needed] {
		if _, ok := fields[name]; !ok {
			problems.Add(name, value.NewError(FieldMissing, "nothing", "says where it comes from; give a column or a constant"))
		}
	}
	return problems.Err()
}
