package coselling

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

const (
	maxRecordBytes = 64 << 20
	maxRecordDepth = 10
)

// recordWire is the JSON form; what is empty is left out.
type recordWire struct {
	Events     jsontext.Value `json:"events,omitempty"`
	Facts      jsontext.Value `json:"facts,omitempty"`
	Activities jsontext.Value `json:"activities,omitempty"`
	Claims     jsontext.Value `json:"claims,omitempty"`
	Blockers   jsontext.Value `json:"blockers,omitempty"`
}

// ParseRecord reads the JSON form of a record, at most 64 MiB, 10 levels deep, with as
// many facts as [Record.Check] allows. Members are named like the fields, in lower case
// with underscores, but for a claim's scope, whose products and regions stand in its
// filing; no list is needed, and of a fact only what names it: verb and at of an event,
// kind and at of a fact, id, kind, at and side of an activity, all but the optional
// members of a claim, id, kind and raised of a blocker. It is strict: an unknown,
// repeated or wrongly cased member, an unknown name of a closed enumeration, what is no
// amount or instant, and trailing data are refused. Malformed text gives its first
// problem, values up to a thousand; what it returns, [Record.Check] takes.
func ParseRecord(data []byte) (Record, error) {
	r, err := parseRecord(data)
	return r, value.In("record", err)
}

func parseRecord(data []byte) (Record, error) {
	var w recordWire
	if err := strictjson.Decode(data, &w, strictjson.Limits{Bytes: maxRecordBytes, Depth: maxRecordDepth, Items: maxActivities}); err != nil {
		return Record{}, err
	}
	var problems value.Errors
	r := Record{
		Events:     strictjson.List[stage.Event](&problems, "events", w.Events, maxEvents),
		Facts:      strictjson.List[stage.Fact](&problems, "facts", w.Facts, maxFacts),
		Activities: strictjson.List[comms.Activity](&problems, "activities", w.Activities, maxActivities),
		Claims:     strictjson.List[registration.Claim](&problems, "claims", w.Claims, maxClaims),
		Blockers:   strictjson.List[Blocker](&problems, "blockers", w.Blockers, maxBlockers),
	}
	if err := problems.Err(); err != nil {
		return Record{}, err
	}
	if err := r.Check(); err != nil {
		return Record{}, err
	}
	return r, nil
}

// UnmarshalJSON is [ParseRecord] for a record inside another document. The paths of its
// errors begin inside the record.
func (r *Record) UnmarshalJSON(data []byte) error {
	parsed, err := parseRecord(data)
	if err != nil {
		return err
	}
	*r = parsed
	return nil
}

// MarshalJSON returns the canonical form: members in a fixed order, the facts of each
// list by instant and then by what they say, each once, so that the order in which an
// importer found them does not show; what is empty left out, instants in RFC 3339 in
// UTC. [ParseRecord] gives the same facts back where [Record.Check] has no problem with
// them.
func (r Record) MarshalJSON() ([]byte, error) {
	if err := r.Check(); err != nil {
		return nil, err
	}
	r = r.sorted()
	var failed error
	w := recordWire{
		Events: strictjson.Raw(&failed, r.Events), Facts: strictjson.Raw(&failed, r.Facts), Activities: strictjson.Raw(&failed, r.Activities),
		Claims: strictjson.Raw(&failed, r.Claims), Blockers: strictjson.Raw(&failed, r.Blockers),
	}
	if failed != nil {
		return nil, failed
	}
	return json.Marshal(w)
}
