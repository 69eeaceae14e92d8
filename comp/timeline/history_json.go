package timeline

import (
	"strconv"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const (
	maxBytes = 16 << 20
	maxDepth = 11 // a policy's 8, below a list of this document
)

// historyWire is the JSON form. Pointers tell a missing member from a zero one;
// dates and names are text, so that all of their problems can be reported.
type historyWire struct {
	FiscalYear  *string          `json:"fiscal_year"`
	DatedBy     *string          `json:"dated_by"`
	Versions    []versionWire    `json:"versions"`
	Corrections []correctionWire `json:"corrections"`
}

type versionWire struct {
	ID     *string         `json:"id"`
	From   *string         `json:"from"`
	To     *string         `json:"to,omitempty"`
	Policy *jsontext.Value `json:"policy"`
}

type correctionWire struct {
	ID       *string         `json:"id"`
	Corrects *string         `json:"corrects"`
	From     *string         `json:"from"`
	Policy   *jsontext.Value `json:"policy"`
	Reason   *string         `json:"reason"`
	Approved *approvalWire   `json:"approved"`
}

type approvalWire struct {
	By *jsontext.Value `json:"by"`
	At *string         `json:"at"`
}

// Parse reads the JSON form of a history, at most 16 MiB and 11 levels deep. It is
// strict: a repeated, unknown, wrongly cased or missing member and trailing data
// are refused, the first with its path. Dates and names are text; a version's
// policy is what [comp.ParsePolicy] reads. Problems of values are returned all at
// once: those of [New] and [History.Correct], and one of [CorrectionApproval] for an instant that is
// not RFC 3339 in UTC.
func Parse(data []byte) (History, error) { return within(parse(data)) }

func parse(data []byte) (History, error) {
	var wire historyWire
	if err := strictjson.Decode(data, &wire, strictjson.Limits{Bytes: maxBytes, Depth: maxDepth}); err != nil {
		return History{}, err
	}
	return wire.draft().finish()
}

// draft converts the wire form. A value that could not be read stays zero; its
// path has a problem then, and gets no second one.
func (w historyWire) draft() *draft {
	d := &draft{added: none, recorded: none}
	read(d, "fiscal_year", *w.FiscalYear, &d.terms.FiscalYear, comp.ParseFiscalYear)
	read(d, "dated_by", *w.DatedBy, &d.terms.DatedBy, ParseBasis)
	for i := range min(len(w.Versions), maxVersions+1) {
		d.versions = append(d.versions, w.Versions[i].read(d, value.Index("versions", i)))
	}
	for i := range min(len(w.Corrections), maxCorrections+1) {
		d.corrections = append(d.corrections, w.Corrections[i].read(d, d.correctionPath(i)))
	}
	return d
}

func (w versionWire) read(d *draft, path string) version {
	v := version{Version: Version{ID: *w.ID}}
	read(d, path+".from", *w.From, &v.From, value.ParseDate)
	if w.To != nil {
		read(d, path+".to", *w.To, &v.To, value.ParseDate)
	}
	v.unread = readPolicy(d, path+".policy", *w.Policy, &v.Policy)
	return v
}

func (w correctionWire) read(d *draft, path string) *correction {
	c := &correction{Correction: Correction{ID: *w.ID, Corrects: *w.Corrects, Reason: *w.Reason}}
	read(d, path+".from", *w.From, &c.From, value.ParseDate)
	c.unread = readPolicy(d, path+".policy", *w.Policy, &c.Policy)
	if err := c.Approved.By.UnmarshalJSON(*w.Approved.By); err != nil {
		d.add(path+".approved.by", err)
		c.Approved.By = model.Person{Name: "unread", Party: model.VendorOrg("unread")} // which gets no second problem
	}
	read(d, path+".approved.at", *w.Approved.At, &c.Approved.At, parseInstant)
	return c
}

func read[T any](d *draft, path, text string, into *T, parse func(string) (T, error)) {
	v, err := parse(text)
	if err != nil {
		d.add(path, err)
		return
	}
	*into = v
}

// readPolicy reports whether the policy was refused.
func readPolicy(d *draft, path string, text jsontext.Value, into *comp.Policy) bool {
	p, err := comp.ParsePolicy(text)
	if err != nil {
		d.add(path, inside(err))
		return true
	}
	*into = p
	return false
}

// parseInstant reads what [instant] writes, and whatever else RFC 3339 allows in UTC.
func parseInstant(s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil || s[len(s)-1] != 'Z' {
		return time.Time{}, value.NewError(CorrectionApproval, value.Quote(s), "is no instant; write it like 2026-11-22T09:30:00Z")
	}
	return t.UTC(), nil
}

// MarshalJSON returns the canonical form, without unneeded space: every member in a
// fixed order, to only where a version states its end. [Parse] gives an equal
// history back. A [Size] error refuses to write what Parse would not read.
func (h History) MarshalJSON() ([]byte, error) {
	wire := historyWire{
		FiscalYear: new(h.terms.FiscalYear.String()), DatedBy: new(h.terms.DatedBy.String()),
		Versions: make([]versionWire, len(h.versions)), Corrections: make([]correctionWire, len(h.corrections)),
	}
	for i, v := range h.versions {
		policy, err := wirePolicy(v.Policy)
		if err != nil {
			return nil, err
		}
		wire.Versions[i] = versionWire{ID: &v.ID, From: new(v.From.String()), Policy: policy}
		if !v.To.IsZero() {
			wire.Versions[i].To = new(v.To.String())
		}
	}
	for i, c := range h.corrections {
		policy, err := wirePolicy(c.Policy)
		if err != nil {
			return nil, err
		}
		approved, err := c.Approved.wire()
		if err != nil {
			return nil, err
		}
		wire.Corrections[i] = correctionWire{
			ID: &c.ID, Corrects: &c.Corrects, From: new(c.From.String()), Policy: policy, Reason: &c.Reason, Approved: approved,
		}
	}
	text, err := json.Marshal(wire)
	if len(text) > maxBytes {
		return nil, value.In("history", value.NewError(Size, strconv.Itoa(len(text))+" bytes", "are above the limit of "+strconv.Itoa(maxBytes)))
	}
	return text, err
}

func wirePolicy(p comp.Policy) (*jsontext.Value, error) {
	text, err := p.MarshalJSON()
	return (*jsontext.Value)(&text), err
}

func (a Approval) wire() (*approvalWire, error) {
	by, err := a.By.MarshalJSON()
	return &approvalWire{By: (*jsontext.Value)(&by), At: new(instant(a.At))}, err
}

// UnmarshalJSON is [Parse] for a history inside another document. The paths of its
// errors begin inside the history; the document knows where that stands.
func (h *History) UnmarshalJSON(data []byte) error {
	parsed, err := parse(data)
	if err != nil {
		return err
	}
	*h = parsed
	return nil
}
