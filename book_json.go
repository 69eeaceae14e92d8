package coselling

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/value"
)

const (
	maxBookBytes    = 8 << 20
	maxSectionBytes = 1 << 20 // of a section without needless space, as its package reads it
	maxBookDepth    = 12
)

// bookWire is the JSON form of [Book]. The sections are read by their packages.
type bookWire struct {
	Version      *string         `json:"version" schema:"visible 1..256"`
	From         *string         `json:"from" schema:"date"`
	Zone         *string         `json:"zone" schema:"zone"`
	Roles        *jsontext.Value `json:"roles" schema:"list=model.rowWire 1..1000"`
	Comp         *jsontext.Value `json:"comp" schema:"object=comp.policyWire"`
	Stage        *jsontext.Value `json:"stage" schema:"object=stage.policyWire"`
	Registration *jsontext.Value `json:"registration" schema:"object=registration.policyWire"`
	Escalation   *jsontext.Value `json:"escalation" schema:"object=escalation.policyWire"`
	Comms        *jsontext.Value `json:"comms" schema:"object=comms.policyWire"`
}

// section is one section of a book: its member, its text and its policy.
type section struct {
	name   string
	text   **jsontext.Value
	policy policy
	check  func() error
}

// policy is what a section is read into and written from; of a [model.Matrix] and of
// every Policy a pointer.
type policy interface {
	json.Marshaler
	json.Unmarshaler
}

// sections lists the sections in the order of the document.
func (b *Book) sections(w *bookWire) [6]section {
	return [...]section{
		{"roles", &w.Roles, &b.Roles, b.Roles.Check},
		{"comp", &w.Comp, &b.Comp, b.Comp.Check},
		{"stage", &w.Stage, &b.Stage, b.Stage.Check},
		{"registration", &w.Registration, &b.Registration, b.Registration.Check},
		{"escalation", &w.Escalation, &b.Escalation, b.Escalation.Check},
		{"comms", &w.Comms, &b.Comms, b.Comms.Check},
	}
}

// ParseBook reads the JSON form of a book, at most 8 MiB and 12 levels deep; a section
// has at most 1 MiB without needless space, comms 64 KiB. Every member of a book is
// needed; which of a section may be left out says ParsePolicy of its package, and
// [Schema] of them all. A repeated, unknown or wrongly cased member and trailing data
// are refused: malformed text with its first problem, a section of the wrong form
// likewise, beside the problems of the other sections. Problems of values are returned
// all at once, each with its path below the section:
//
//	comp.role_based.contributions.technical_validation: 130% is above 100%
//
// What ParseBook returns has no problem for [Book.Check].
func ParseBook(data []byte) (Book, error) {
	var w bookWire
	if err := strictjson.Decode(data, &w, strictjson.Limits{Bytes: maxBookBytes, Depth: maxBookDepth}); err != nil {
		return Book{}, err
	}
	b := Book{Version: *w.Version, Zone: *w.Zone}
	var problems value.Errors
	problems.Add("version", checkVersion(b.Version))
	var err error
	b.From, err = value.ParseDate(*w.From)
	problems.Add("from", err)
	problems.Add("zone", checkZone(b.Zone))
	sound := make(map[string]bool)
	for _, s := range b.sections(&w) {
		err := s.read()
		problems.Add(s.name, err)
		sound[s.name] = err == nil
	}
	problems.Add("", b.checkAcross(sound))
	if err := problems.Err(); err != nil {
		return Book{}, err
	}
	return b, nil
}

func (s section) read() error {
	text := **s.text
	if err := text.Compact(); err != nil { // the space that makes a document readable is not counted
		return value.NewError(strictjson.Syntax, value.Quote(err.Error()), "stopped the reading of the section")
	}
	return s.policy.UnmarshalJSON(text)
}

// MarshalJSON returns the canonical form without needless space: every member in a
// fixed order, maps sorted, what says nothing left out. [ParseBook] gives an equal book
// back. A book that [Book.Check] refuses is written as it stands; only text that is not
// UTF-8 cannot be, and a [BookSize] error refuses to write what ParseBook would not read.
func (b Book) MarshalJSON() ([]byte, error) {
	w := bookWire{Version: &b.Version, From: new(b.From.String()), Zone: &b.Zone}
	for _, s := range b.sections(&w) {
		text, err := s.policy.MarshalJSON()
		if err != nil {
			return nil, err
		}
		if len(text) > maxSectionBytes {
			return nil, value.In(s.name, bookSize(len(text), maxSectionBytes))
		}
		*s.text = (*jsontext.Value)(&text)
	}
	return json.Marshal(w)
}

// Document returns the canonical form as people read and compare it: indented, what is
// short on one line, with a line break at the end. The same book gives the same bytes.
// Errors: those of [Book.MarshalJSON].
func (b Book) Document() ([]byte, error) {
	text, err := b.MarshalJSON()
	if err != nil {
		return nil, err
	}
	text, err = wire.Format(text)
	if err == nil && len(text) > maxBookBytes {
		return nil, bookSize(len(text), maxBookBytes)
	}
	return text, err
}

// UnmarshalJSON is [ParseBook] for a book inside another document. The paths of its
// errors begin inside the book; the document knows where that stands.
func (b *Book) UnmarshalJSON(data []byte) error {
	parsed, err := ParseBook(data)
	if err != nil {
		return err
	}
	*b = parsed
	return nil
}
