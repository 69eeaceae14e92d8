package escalation

import (
	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// standingWire is the JSON form; what is empty is left out.
type standingWire struct {
	Opened       string        `json:"opened,omitempty"`
	Entered      string        `json:"entered,omitempty"`
	Acknowledged string        `json:"acknowledged,omitempty"`
	Resolved     string        `json:"resolved,omitempty"`
	Notified     string        `json:"notified,omitempty"`
	Route        Route         `json:"route,omitzero"`
	Late         *value.Reason `json:"late,omitempty"`
	Steps        []Step        `json:"steps,omitempty"`
}

// MarshalJSON returns how the case stands, with its route and its steps: members in a
// fixed order, what is empty left out, instants in RFC 3339 in UTC. The form is for
// readers; nothing reads it back.
func (s Standing) MarshalJSON() ([]byte, error) {
	return json.Marshal(standingWire{
		strictjson.InstantText(s.Opened), strictjson.InstantText(s.Entered), strictjson.InstantText(s.Acknowledged), strictjson.InstantText(s.Resolved),
		strictjson.InstantText(s.Notified), s.Route, &s.Late, s.Steps,
	})
}

// routeWire is the JSON form; what is empty is left out.
type routeWire struct {
	Level     string        `json:"level,omitempty"`
	RespondBy string        `json:"respond_by,omitempty"`
	Reason    *value.Reason `json:"reason,omitempty"`
	People    []Contact     `json:"people,omitempty"`
}

// MarshalJSON returns the route with the people to call, as a [Standing] writes it.
func (r Route) MarshalJSON() ([]byte, error) {
	return json.Marshal(routeWire{r.Level.String(), strictjson.InstantText(r.RespondBy), &r.Reason, r.People()})
}

// contactWire is the JSON form; what is empty is left out.
type contactWire struct {
	Person   model.Person `json:"person"`
	Function string       `json:"function,omitempty"`
	For      string       `json:"for,omitempty"`
}

// MarshalJSON returns whom to call, as a [Standing] writes it.
func (c Contact) MarshalJSON() ([]byte, error) {
	return json.Marshal(contactWire{c.Person, c.Function.String(), c.For})
}

// MarshalJSON returns the step, as a [Case] writes it.
func (s Step) MarshalJSON() ([]byte, error) { return json.Marshal(s.wire()) }
