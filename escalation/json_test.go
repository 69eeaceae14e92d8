package escalation_test

import (
	"testing"

	"github.com/coselling/coselling/escalation"
)

// wantForm proves the JSON form of a value.
func wantForm(t *testing.T, v interface{ MarshalJSON() ([]byte, error) }, want string) {
	t.Helper()
	if got, err := v.MarshalJSON(); err != nil || string(got) != want {
		t.Errorf("got  %s, %v\nwant %s", got, err, want)
	}
}

func TestEventIsReadBackFromJSON(t *testing.T) {
	wantForm(t, escalation.Event{By: bo, At: instant(23, 9), Note: "moved"},
		`{"at":"2026-11-23T09:00:00Z","by":{"name":"bo","party":{"side":"vendor","org":"us"}},"note":"moved"}`)
	wantForm(t, escalation.Event{At: instant(23, 9)}, `{"at":"2026-11-23T09:00:00Z"}`)
	for data, want := range map[string]string{
		`{}`:            "at: nothing stands here; the member is needed",
		`{"at":"noon"}`: `at: "noon" is no instant; write it like 2026-11-22T09:30:00Z`,
		`{"at":"2026-11-23T09:00:00Z","by":"bo"}`: "by: a JSON string stands where an object with members belongs",
		`{"At":"2026-11-23T09:00:00Z"}`:           "At: the member is not known; allowed are at, by, note\nat: nothing stands here; the member is needed",
	} {
		if err := new(escalation.Event).UnmarshalJSON([]byte(data)); err == nil || err.Error() != want {
			t.Errorf("%s: got\n%v\nwant\n%s", data, err, want)
		}
	}
}

// A case that moved up by time without a response: the whole standing, with the people to
// call.
func TestStandingIsWrittenAsJSON(t *testing.T) {
	routes := defaultRoutes(t)
	c := raise(t, escalation.Case{}, escalation.Scheduling, instant(23, 9))
	s, err := routes.State(c, deal(), instant(30, 9))
	if err != nil {
		t.Fatal(err)
	}
	s.Acknowledged, s.Resolved = instant(24, 9), instant(25, 9)
	wantForm(t, s, `{"opened":"2026-11-23T09:00:00Z","entered":"2026-11-26T00:00:00Z","acknowledged":"2026-11-24T09:00:00Z","resolved":"2026-11-25T09:00:00Z","notified":"2026-11-26T00:00:00Z",`+
		`"route":{"level":"manager","respond_by":"2026-11-28T00:00:00Z","reason":{"code":"esc.timeout","text":"scheduling: not resolved at level rep within 2 business days, now for the sales managers of both companies",`+
		`"operands":[{"name":"kind","value":"scheduling"},{"name":"below","value":"rep"},{"name":"term","value":"2 business days"}]},`+
		`"people":[{"person":{"name":"mia","party":{"side":"partner","org":"acme"}},"function":"manager"},{"person":{"name":"noor","party":{"side":"vendor","org":"us"}},"function":"manager"}]},`+
		`"late":{"code":"esc.respond","text":"nobody at level manager responded by 2026-11-28T00:00:00Z: scheduling","operands":[{"name":"kind","value":"scheduling"},{"name":"level","value":"manager"},{"name":"respond_by","value":"2026-11-28T00:00:00Z"}]},`+
		`"steps":[{"act":"opened","at":"2026-11-23T09:00:00Z","level":"rep","by":{"name":"ana","party":{"side":"partner","org":"acme"}}},{"act":"escalated","at":"2026-11-26T00:00:00Z","level":"manager"}]}`)
	wantForm(t, escalation.State{}, `{}`)
	wantForm(t, escalation.Route{}, `{}`)
	wantForm(t, escalation.Contact{Person: ana, Function: escalation.Legal, For: "bo"},
		`{"person":{"name":"ana","party":{"side":"partner","org":"acme"}},"function":"legal","for":"bo"}`)
	wantForm(t, escalation.Entry{Act: escalation.Resolved, At: instant(23, 9), By: bo, Level: escalation.ManagerLevel,
		Note: "n"},
		`{"act":"resolved","at":"2026-11-23T09:00:00Z","level":"manager","by":{"name":"bo","party":{"side":"vendor","org":"us"}},"note":"n"}`)
}
