package vectors_test

import (
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/comp/life"
	"github.com/coselling/coselling/comp/timeline"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/stage/mapping"
	"github.com/coselling/coselling/value"
)

// document reads a document that a change is merged into, and returns what is doubtful about it.
func document(input json.RawMessage) (any, error) {
	var in struct {
		Of       string
		Document json.RawMessage
		At       []string // of a book: where Value stands, with the positions in lists counted from 0
		Value    json.RawMessage
	}
	if err := strict(input, &in); err != nil {
		return nil, err
	}
	var lints []value.Reason
	var err error
	switch in.Of {
	case "book":
		var data []byte
		b := book.Default()
		if data, err = merged(b, in.Document); err == nil {
			if data, err = replace(data, in.At, in.Value); err != nil {
				return nil, err
			}
			if b, err = book.Parse(data); err == nil {
				lints = b.Lint()
			}
		}
	case "deal":
		_, err = deal.Parse(in.Document)
	case "record":
		_, err = deal.ParseRecord(in.Document)
	case "change":
		_, err = deal.ParseChange(in.Document)
	case "roster":
		var r escalation.Roster
		if r, err = escalation.ParseRoster(in.Document); err == nil {
			_, err = escalation.Compile(escalation.DefaultPolicy(), r)
		}
	case "activity":
		err = new(comms.Activity).UnmarshalJSON(in.Document)
	default:
		err = errors.New("no document is called " + in.Of)
	}
	if err != nil {
		return nil, err
	}
	return map[string][]value.Reason{"lint": lints}, nil
}

// replace puts a value into a document, in place of what stands there.
func replace(document json.RawMessage, at []string, v json.RawMessage) (json.RawMessage, error) {
	if len(at) == 0 {
		if v == nil {
			return document, nil
		}
		return v, nil
	}
	i, err := strconv.Atoi(at[0])
	if err != nil {
		var members map[string]json.RawMessage
		if err := json.Unmarshal(document, &members); err != nil {
			return nil, err
		}
		if members[at[0]], err = replace(members[at[0]], at[1:], v); err != nil {
			return nil, err
		}
		return json.Marshal(members)
	}
	var list []json.RawMessage
	if err := json.Unmarshal(document, &list); err != nil {
		return nil, err
	}
	if i >= len(list) {
		return nil, errors.New("no such element: " + at[0])
	}
	if list[i], err = replace(list[i], at[1:], v); err != nil {
		return nil, err
	}
	return json.Marshal(list)
}

// compareModels compares two policies over bookings, and asks whether a rep loses by a partner.
func compareModels(input json.RawMessage) (any, error) {
	var in struct {
		Before, After json.RawMessage
		Bookings      []comp.Booking
		Movements     []comp.Movement
		Neutral       bool
		LeaveOut      bool `json:"leave_out"`
	}
	if err := strict(input, &in); err != nil {
		return nil, err
	}
	before, err := planOver(in.Before)
	if err != nil {
		return nil, err
	}
	after, err := planOver(in.After)
	if err != nil {
		return nil, err
	}
	if in.Neutral {
		reasons, err := impact.LintBooking(before, in.Bookings[0])
		return map[string][]value.Reason{"neutral": reasons}, err
	}
	options := []impact.Option{impact.Movements(in.Movements...)}
	if in.LeaveOut {
		options = append(options, impact.LeaveOutUnpriced())
	}
	return impact.Compare(before, after, in.Bookings, options...)
}

func planOver(change json.RawMessage) (*comp.Plan, error) {
	p, err := over(change)
	if err != nil {
		return nil, err
	}
	return comp.Compile(p)
}

// inForce adds a version or a correction to a history of policies, and asks what is in force for a deal.
func inForce(input json.RawMessage) (any, error) {
	type version struct {
		ID     string
		From   value.Date
		To     value.Date
		Policy json.RawMessage
	}
	var in struct {
		Year     comp.FiscalYear
		DatedBy  timeline.Basis `json:"dated_by"`
		Versions []version
		Add      *version
		Closed   value.Date // the last day whose deals are closed for good
		Correct  *struct {
			ID, Corrects, Reason string
			From                 value.Date
			Policy               json.RawMessage
			Approved             timeline.Approval
		}
		Won, Registered value.Date // of the deal that is asked about
	}
	if err := strict(input, &in); err != nil {
		return nil, err
	}
	terms := timeline.DefaultTerms()
	if in.Year != (comp.FiscalYear{}) {
		terms.FiscalYear = in.Year
	}
	if in.DatedBy != 0 {
		terms.DatedBy = in.DatedBy
	}
	made := func(v version) (timeline.Version, error) {
		p, err := over(v.Policy)
		return timeline.Version{ID: v.ID, From: v.From, To: v.To, Policy: p}, err
	}
	var versions []timeline.Version
	for _, v := range in.Versions {
		one, err := made(v)
		if err != nil {
			return nil, err
		}
		versions = append(versions, one)
	}
	h, err := timeline.New(terms, versions...)
	if err != nil {
		return nil, err
	}
	out := map[string]any{}
	if in.Add != nil {
		v, err := made(*in.Add)
		if err != nil {
			return nil, err
		}
		d, err := h.Add(v, in.Closed)
		if err != nil {
			return nil, err
		}
		h = d.History
		out["refused"], out["next_legal"] = d.Refused, d.NextLegal.String()
	}
	if c := in.Correct; c != nil {
		p, err := over(c.Policy)
		if err != nil {
			return nil, err
		}
		if h, err = h.Correct(timeline.Correction{ID: c.ID, Corrects: c.Corrects, From: c.From, Policy: p, Reason: c.Reason,
			Approved: c.Approved}); err != nil {
			return nil, err
		}
	}
	if in.Won.IsZero() {
		return out, nil
	}
	f, err := h.For(timeline.Dates{Closed: in.Won, Registered: in.Registered})
	out["version"], out["correction"] = f.Version, f.Correction
	return out, err
}

// dispute plays the life of lines of statements, and asks where they stand.
func dispute(input json.RawMessage) (any, error) {
	var in struct {
		Events []life.Event
		AsOf   time.Time `json:"as_of"`
		Reader model.Party
	}
	if err := strict(input, &in); err != nil {
		return nil, err
	}
	r := life.New(nil)
	type outcome struct {
		Accepted bool           `json:"accepted"`
		Reasons  []value.Reason `json:"reasons"`
	}
	var out struct {
		Events   []any         `json:"events"`
		Snapshot life.Snapshot `json:"snapshot"`
	}
	for _, e := range in.Events {
		d, err := r.Add(e)
		out.Events = append(out.Events, orErrors(outcome{d.Accepted, d.Reasons}, err))
	}
	out.Snapshot = r.At(in.AsOf)
	if !in.Reader.IsZero() {
		out.Snapshot = out.Snapshot.For(in.Reader)
	}
	return out, nil
}

// stageName takes a stage name of another system to ours, or one of ours to theirs.
func stageName(input json.RawMessage) (any, error) {
	var in struct{ System, Theirs, Ours string }
	if err := strict(input, &in); err != nil {
		return nil, err
	}
	system, err := mapping.ParseSystem(in.System)
	if err != nil {
		return nil, err
	}
	m, err := mapping.Shipped(system)
	if err != nil {
		return nil, err
	}
	if in.Theirs != "" {
		ours, err := m.Import(in.Theirs)
		return map[string]any{"ours": ours}, err
	}
	e, err := m.Export(stage.Stage(in.Ours))
	return map[string]any{"theirs": e.Name, "loss": e.Loss}, err
}
