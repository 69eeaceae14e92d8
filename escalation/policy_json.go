package escalation

import (
	"maps"
	"slices"

	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const (
	maxDocumentBytes = 1 << 20
	maxDocumentDepth = 8
)

// policyWire is the JSON form of [Policy]. Pointers tell a missing member from an empty one;
// values are text, so that all of their problems can be reported.
type policyWire struct {
	Kinds        map[string]string `json:"kinds" schema:"0..1000 keys=word each=names=levelNames required=deal_stalled|large_deal|prospect_dark"`
	Respond      *termsWire        `json:"respond"`
	Timeout      *termsWire        `json:"timeout"`
	Reach        *reachWire        `json:"reach"`
	ReopenWithin *string           `json:"reopen_within" schema:"term"`
	StalledAfter *string           `json:"stalled_after" schema:"term"`
	DarkAfter    *string           `json:"dark_after" schema:"term"`
	LargeFrom    *moneyWire        `json:"large_from"`
}

type termsWire struct {
	Rep           *string `json:"rep" schema:"term"`
	Manager       *string `json:"manager" schema:"term"`
	Executive     *string `json:"executive" schema:"term"`
	DealDeskLegal *string `json:"deal_desk_legal" schema:"term"`
}

type reachWire struct {
	Standard   *string `json:"standard" schema:"enum=rep|manager|executive"`   // on the standard playbook
	Simplified *string `json:"simplified" schema:"enum=rep|manager|executive"` // on the simplified playbook
}

type moneyWire struct {
	Amount   *string `json:"amount" schema:"positive"`
	Currency *string `json:"currency" schema:"currency"`
}

// ParsePolicy reads the JSON form of a policy, at most 1 MiB and 8 levels deep.
// Every member is needed; a repeated, unknown or wrongly cased one and trailing
// data are refused, the first with its path. Problems of values are returned all
// at once, so that what ParsePolicy returns is a policy that [Compile] takes.
func ParsePolicy(data []byte) (Policy, error) {
	policy, err := parsePolicy(data)
	return policy, value.In("escalation", err)
}

func parsePolicy(data []byte) (Policy, error) {
	var wire policyWire
	if err := decode(data, &wire); err != nil {
		return Policy{}, err
	}
	policy, problems := wire.policy()
	problems.Add("", policy.Check())
	if err := problems.Err(); err != nil {
		return Policy{}, err
	}
	return policy, nil
}

func decode(data []byte, into any) error {
	return strictjson.Decode(data, into, strictjson.Limits{Bytes: maxDocumentBytes, Depth: maxDocumentDepth})
}

// policy converts the wire form. A value that could not be read is replaced by
// one that causes no further problem, so that the rest can still be checked, and
// reported.
func (w policyWire) policy() (Policy, value.Errors) {
	var problems value.Errors
	p := DefaultPolicy()
	p.Kinds = map[Kind]Level{}
	for _, k := range slices.Sorted(maps.Keys(w.Kinds)) {
		level := RepLevel
		strictjson.Needed(&problems, "kinds."+Kind(k).path(), w.Kinds[k], &level, ParseLevel)
		p.Kinds[Kind(k)] = level
	}
	w.Respond.read(&problems, "respond", p.Respond)
	w.Timeout.read(&problems, "timeout", p.Timeout)
	for i, text := range [...]*string{w.Reach.Standard, w.Reach.Simplified} {
		size := model.Standard + model.PlaybookSize(i)
		level := p.Reach[size]
		strictjson.Needed(&problems, "reach."+size.String(), *text, &level, ParseLevel)
		p.Reach[size] = level
	}
	strictjson.Needed(&problems, "reopen_within", *w.ReopenWithin, &p.ReopenWithin, ParseTerm)
	strictjson.Needed(&problems, "stalled_after", *w.StalledAfter, &p.StalledAfter, ParseTerm)
	strictjson.Needed(&problems, "dark_after", *w.DarkAfter, &p.DarkAfter, ParseTerm)
	w.LargeFrom.read(&problems, "large_from", &p.LargeFrom)
	return p, problems
}

// read replaces the terms in into, which holds all four.
func (w termsWire) read(problems *value.Errors, path string, into map[Level]Term) {
	for i, text := range [...]*string{w.Rep, w.Manager, w.Executive, w.DealDeskLegal} {
		level := RepLevel + Level(i)
		term := into[level]
		strictjson.Needed(problems, path+"."+level.String(), *text, &term, ParseTerm)
		into[level] = term
	}
}

func (w moneyWire) read(problems *value.Errors, path string, into *value.Money) {
	currency, err := value.ParseCurrency(*w.Currency)
	if err != nil {
		problems.Add(path+".currency", err)
		return
	}
	strictjson.Needed(problems, path+".amount", *w.Amount, into, func(s string) (value.Money, error) { return value.ParseAmount(s, currency) })
}

// MarshalJSON returns the canonical form: every member, in a fixed order, with
// kinds sorted. [ParsePolicy] gives an equal policy back. A policy that [Compile]
// refuses is written as it stands, less keys that are no level or size; only text
// that is not UTF-8 cannot be.
func (p Policy) MarshalJSON() ([]byte, error) {
	return json.Marshal(p.wire(), json.Deterministic(true))
}

func (p Policy) wire() policyWire {
	kinds := make(map[string]string, len(p.Kinds))
	for k, level := range p.Kinds {
		kinds[string(k)] = level.String()
	}
	return policyWire{
		Kinds:        kinds,
		Respond:      termsText(p.Respond),
		Timeout:      termsText(p.Timeout),
		Reach:        &reachWire{new(p.Reach[model.Standard].String()), new(p.Reach[model.Simplified].String())},
		ReopenWithin: new(p.ReopenWithin.String()),
		StalledAfter: new(p.StalledAfter.String()),
		DarkAfter:    new(p.DarkAfter.String()),
		LargeFrom: &moneyWire{
			Amount:   new(string(p.LargeFrom.AppendAmount(nil))),
			Currency: new(p.LargeFrom.Currency().String()),
		},
	}
}

func termsText(terms map[Level]Term) *termsWire {
	return &termsWire{
		Rep:           new(terms[RepLevel].String()),
		Manager:       new(terms[ManagerLevel].String()),
		Executive:     new(terms[ExecutiveLevel].String()),
		DealDeskLegal: new(terms[DealDeskLegalLevel].String()),
	}
}

// UnmarshalJSON is [ParsePolicy] for a policy inside another document. The paths of
// its errors begin inside the policy; the document knows where that stands.
func (p *Policy) UnmarshalJSON(data []byte) error {
	parsed, err := parsePolicy(data)
	if err != nil {
		return err
	}
	*p = parsed
	return nil
}
