package registration_test

import (
	"strings"
	"testing"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/value"
)

// wantForm checks the JSON form of a value.
func wantForm(t *testing.T, v interface{ MarshalJSON() ([]byte, error) }, want string) {
	t.Helper()
	if got, err := v.MarshalJSON(); err != nil || string(got) != want {
		t.Errorf("got  %s, %v\nwant %s", got, err, want)
	}
}

func TestScopeIsWrittenInItsOwnOrder(t *testing.T) {
	wantForm(t, registration.Scope{Products: []string{"b", "a"}, Regions: []string{"DE"}},
		`{"products":["b","a"],"regions":["DE"]}`)
	wantForm(t, registration.Scope{}, `{}`)
	long := `{"regions":["DE"` + strings.Repeat(`,"DE"`, 1000) + `]}`
	for data, want := range map[string]string{
		`{"product":[]}`:   "product: the member is not known; allowed are functions, products, regions",
		`{"products":"a"}`: "products: a JSON string stands where a list belongs",
		long:               "regions: more than 1000 elements are too many for this list",
	} {
		if err := new(registration.Scope).UnmarshalJSON([]byte(data)); err == nil || err.Error() != want {
			t.Errorf("%.40s: got\n%v\nwant\n%s", data, err, want)
		}
	}
}

func TestAnswerIsWrittenWithoutEmptyMembers(t *testing.T) {
	wantForm(t, registration.Answer{
		Claim: "CL-1", Status: registration.Queued, Active: true,
		Submitted: start, Due: start.AddDate(0, 0, 1), Until: start.AddDate(0, 0, 2),
		Held: []registration.Holding{
			{Scope: registration.Scope{Regions: []string{"DE"}}, Until: start, Holder: model.Partner},
			{Holder: model.Vendor},
		},
		Reasons: []value.Reason{value.NewReason(registration.Life, "r")},
	}, `{"claim":"CL-1","status":"queued","active":true,`+
		`"submitted":"2026-11-23T09:00:00Z","due":"2026-11-24T09:00:00Z","until":"2026-11-25T09:00:00Z",`+
		`"held":[{"scope":{"regions":["DE"]},"until":"2026-11-23T09:00:00Z","holder":"partner"},{"holder":"vendor"}],`+
		`"reasons":[{"code":"reg.life","text":"r"}]}`)
	wantForm(t, registration.Answer{}, `{}`)
}

// Every instant is checked, and all problems of the events are reported at once.
func TestClaimJSONReportsEveryProblem(t *testing.T) {
	const text = `{"id":"c1","claimant":{"side":"partner","org":"acme"},` +
		`"filing":{"key":"k","account":{"domains":["calder.example"]},"by":"ana"},"submitted":"yesterday",` +
		`"events":[{"do":"accept","by":{"name":"noor","party":{"side":"vendor","org":"us"}},` +
		`"at":"0001-01-01T00:00:00Z","progress":"soon"}]}`
	err := new(registration.Claim).UnmarshalJSON([]byte(text))
	want := `submitted: "yesterday" is no instant; write it like 2026-11-22T09:30:00Z
events[0].do: "accept" is not known; allowed are approve, reject, confirm, withdraw, extend, win, lose, admit, hand
events[0].at: "0001-01-01T00:00:00Z" is outside the years 1 to 9000
events[0].progress: "soon" is no instant; write it like 2026-11-22T09:30:00Z`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}
