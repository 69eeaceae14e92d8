package crmcsv

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const (
	maxMappingBytes = 4 << 20
	enoughProblems  = 1000 // of one list or table; only a hundred are listed
)

// Mapping maps columns of an export to fields of a deal. It is immutable; [NewReader] refuses the zero value.
type Mapping struct {
	form form
	zone *time.Location // nil is UTC
}

// form is the form of a [Mapping] in a file.
type form struct {
	// the name of the export that it is for
	Export string `json:"export" wire:"needed"`
	// the values that it makes up, in words
	MadeUp []string `json:"made_up,omitzero"`
	// what it may have wrong, in words; whoever shows results repeats them first
	Doubts []string `json:"doubts,omitzero"`
	// the encoding of the file, by a name such as windows-1252; UTF-8 where none is stated and no mark says another
	Encoding string `json:"encoding,omitzero" wire:"filled"`
	// the character between cells; where none is stated, the first of comma, semicolon, tab and bar that finds a header
	Delimiter *string `json:"delimiter,omitzero"`
	// IANA name of the time zone that dates a cell with an offset, and one that counts seconds; UTC where none is
	// stated; the host resolves it
	Zone string `json:"zone,omitzero" wire:"filled,..256"`
	// the language of the names of months; en where none is stated
	Language string `json:"language,omitzero" wire:"filled"`
	// texts that count as a blank cell in every column, in any case
	NoValue []string `json:"no_value,omitzero" wire:"..100,each=1..1024"`
	// consecutive rows with one id are one deal: the first says what the deal is, each other one the same or nothing,
	// and all may have payees
	SeveralRows bool `json:"several_rows,omitzero"`
	// where each field of a deal comes from
	Fields map[string]spec `json:"fields" wire:"needed,..64"`
	// where each field of a payee comes from; one for each person on a deal
	Payees []map[string]spec `json:"payees" wire:"needed,each=..64"`
	// whose each rep is, by the text that the export has for a rep
	Roster map[string]rosterEntry `json:"roster,omitzero" wire:"..100000"`
}

// rosterEntry is the party of a rep and the rep's rate: a flat one, or a table of the policy.
type rosterEntry struct {
	Party model.Party `json:",inline"`
	// of the rep: a flat rate
	Rate *value.Percent `json:"rate,omitzero" wire:"filled,part"`
	// of the rep: a rate table of the policy
	Table comp.TableID `json:"table,omitzero" wire:"filled,1..4096"`
}

// ParseMapping reads a mapping file of at most 4 MiB. It is strict and reports up to a hundred problems at once,
// each with its path below "mapping"; for text that is not one JSON value, the first error only. The comment of
// the package has the limits of its parts.
func ParseMapping(data []byte) (Mapping, error) {
	var m Mapping
	err := m.UnmarshalJSON(data)
	return m, value.Below("mapping", err)
}

// UnmarshalJSON is [ParseMapping] for a mapping inside another document; the paths begin inside the mapping.
func (m *Mapping) UnmarshalJSON(data []byte) error {
	read, err := wire.Read[form](data, maxMappingBytes)
	if errors.Is(err, wire.Syntax) || errors.Is(err, wire.Size) {
		return err
	}
	var problems value.Errors
	problems.Add("", err)
	problems.Add("", besides(problems, read.rules()))
	return wire.Store(m, Mapping{form: read}, wire.Limit(problems.Err()))
}

// MarshalJSON writes the mapping as [ParseMapping] reads it; the zero value as null. The zone of [Mapping.In] is not
// written.
func (m Mapping) MarshalJSON() ([]byte, error) {
	if m.form.Fields == nil {
		return []byte("null"), nil
	}
	return wire.Marshal(&m.form)
}

// besides returns the problems of err that stand neither below nor above a problem of form.
func besides(form value.Errors, err error) error {
	rules, _ := err.(value.Errors)
	return slices.DeleteFunc(rules, func(rule *value.Error) bool {
		return slices.ContainsFunc(form, func(e *value.Error) bool {
			return within(e.Path, rule.Path) || within(rule.Path, e.Path)
		})
	}).Err()
}

// within reports whether a path is another or stands below it.
func within(path, above string) bool {
	rest, ok := strings.CutPrefix(path, above)
	return ok && above != "" && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

// Export returns the name of the export that the mapping is for.
func (m Mapping) Export() string { return m.form.Export }

// MadeUp returns the values that the mapping makes up, in words; the caller owns the slice.
func (m Mapping) MadeUp() []string { return slices.Clone(m.form.MadeUp) }

// Zone returns the IANA name of the time zone that the mapping states; "" where it states none.
func (m Mapping) Zone() string { return m.form.Zone }

// In returns the mapping with its zone resolved: zone is that of [Mapping.Zone]; nil is UTC, and so is the zone of
// a mapping that states none. It moves only cells with an offset and numbers since 1970. [NewReader] refuses any
// other zone.
func (m Mapping) In(zone *time.Location) Mapping {
	m.zone = zone
	return m
}

// months returns the names of the months.
func (m form) months() (months, error) { return monthsOf(cmp.Or(m.Language, english)) }

// zoneCode refuses a zone that is not resolved, or that no mapping can name.
const zoneCode value.Code = "mapping.zone"

// checkZone refuses a zone that the host has not resolved.
func (m Mapping) checkZone() error {
	if want := cmp.Or(m.form.Zone, time.UTC.String()); m.zone.String() != want {
		problem := "is not " + m.zone.String() + ", the time zone that the program resolved; it must resolve this one"
		return value.Below("mapping.zone", value.NewError(zoneCode, value.Quote(want), problem))
	}
	return nil
}

// Doubts returns what the mapping may have wrong, in words; the caller owns the slice. Whoever shows results repeats
// them first.
func (m Mapping) Doubts() []string { return slices.Clone(m.form.Doubts) }

// columns returns the names of all columns that the mapping reads, each once.
func (m form) columns() []string {
	var names []string
	for _, fields := range append([]map[string]spec{m.Fields}, m.Payees...) {
		for _, s := range fields {
			names = append(names, s.columns()...)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// rules returns the problems that the tags do not find.
func (m form) rules() error {
	var problems value.Errors
	if !mayDelimit(m.delimiter()) {
		const want = "is no delimiter; write one character that is no quote, no line end and no NUL"
		problems.Refuse("delimiter", "mapping.delimiter", value.Quote(*m.Delimiter), want)
	}
	if m.Zone == "Local" {
		const want = "is another zone on each host; write an IANA name, such as Europe/Berlin"
		problems.Refuse("zone", zoneCode, value.Quote(m.Zone), want)
	}
	months, err := m.months()
	problems.Add("language", err)
	if m.Encoding != "" {
		_, _, err := encodingOf(m.Encoding)
		problems.Add("encoding", err)
	}
	if _, ok := m.Fields["reverses"]; ok && m.Fields["id"].RowNumber {
		const want = "names deals by their id, and row numbers change with each export; map a column of ids"
		problems.Refuse("fields.reverses", codeFieldSource, "a reversal", want)
	}
	how := reading{months: months, none: m.NoValue}
	problems.Add("fields", checkFields(m.Fields, dealFields(), how))
	if len(m.Payees) == 0 {
		problems.Refuse("payees", fieldMissing, "nothing", "says whom to credit; map at least one payee")
	}
	for i, payee := range m.Payees {
		if len(problems) < enoughProblems {
			problems.Add(value.Index("payees", i), checkFields(payee, payeeFields(), how))
		}
	}
	problems.Add("roster", m.checkRoster())
	return problems.Err()
}

// delimiter returns the character between cells; [utf8.RuneError] for a text that is not one character.
func (m form) delimiter() rune {
	if m.Delimiter == nil {
		return ','
	}
	return runeOf(*m.Delimiter)
}

// runeOf returns the only character of a text; utf8.RuneError for any other text.
func runeOf(s string) rune {
	r, size := utf8.DecodeRuneInString(s)
	if size != len(s) {
		return utf8.RuneError
	}
	return r
}

// mayDelimit reports whether a character may stand between cells.
func mayDelimit(r rune) bool { return r != utf8.RuneError && !strings.ContainsRune("\x00\"\r\n", r) }

func (m form) checkRoster() error {
	var problems value.Errors
	composed := map[string]string{}
	for _, rep := range slices.Sorted(maps.Keys(m.Roster)) {
		if other, ok := composed[norm.NFC.String(rep)]; ok {
			want := "has the letters of " + value.Quote(other) + ", encoded in another way; list the rep once"
			problems.Refuse(wire.Member(rep), "mapping.roster.twice", value.Quote(rep), want)
		}
		composed[norm.NFC.String(rep)] = rep
		if len(problems) < enoughProblems {
			problems.Add(wire.Member(rep), m.Roster[rep].check())
		}
	}
	return problems.Err()
}

func (e rosterEntry) check() error {
	var problems value.Errors
	problems.Add("", e.Party.Check())
	switch {
	case e.Rate == nil && e.Table == "":
		problems.Refuse("rate", fieldMissing, "nothing", "says the rep's rate; give a rate or a table of the policy")
	case e.Rate != nil && e.Table != "":
		want := "stands beside the table " + value.Quote(string(e.Table)) + "; give one of them"
		problems.Refuse("rate", comp.RateTwo, e.Rate.String(), want)
	}
	return problems.Err()
}

// rate returns the flat rate of a rep; zero for a rep with a table.
func (e rosterEntry) rate() value.Percent {
	if e.Rate == nil {
		return value.Percent{}
	}
	return *e.Rate
}

func checkFields(fields map[string]spec, k kind, how reading) error {
	var problems value.Errors
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		f, ok := k.fieldOf(name)
		if !ok {
			problems.Add(wire.Member(name), value.Known("mapping.field.unknown", name, k.names()))
			continue
		}
		problems.Add(name, fields[name].check(f, how))
	}
	for _, name := range k.names()[:k.needed] {
		if _, ok := fields[name]; !ok {
			problems.Refuse(name, fieldMissing, "nothing", "says where it comes from; give a column or a constant")
		}
	}
	return problems.Err()
}
