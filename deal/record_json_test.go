package deal_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"pgregory.net/rapid"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/internal/dealgen"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// The form of a record does not depend on the order of its facts, nor on repetitions.
func TestRecordHasOneFormInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := dealgen.AnyRecord().Draw(t, "record")
		text := document(t, r)
		shuffled := shuffledRecord(t, r)
		if other := document(t, shuffled); string(other) != string(text) {
			t.Fatalf("%s\nin another order is %s", text, other)
		}
		again, err := deal.ParseRecord(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if twice := document(t, again); string(twice) != string(text) {
			t.Fatalf("%s\nbecame %s", text, twice)
		}
		holds(t, "events", again.Events, r.Events)
		holds(t, "facts", again.Facts, r.Facts)
		holds(t, "activities", again.Activities, r.Activities)
		holds(t, "claims", again.Claims, r.Claims)
		holds(t, "blockers", again.Blockers, r.Blockers)
	})
}

// holds proves that two lists are the same set, looking at each pair.
func holds[T any](t *rapid.T, name string, got, want []T) {
	t.Helper()
	within := func(list []T, v T) bool {
		for _, w := range list {
			if reflect.DeepEqual(v, w) {
				return true
			}
		}
		return false
	}
	for i, v := range got {
		if !within(want, v) {
			t.Fatalf("%s has %+v, which was not there", name, v)
		}
		if within(got[:i], v) {
			t.Fatalf("%s has %+v twice", name, v)
		}
	}
	for _, v := range want {
		if !within(got, v) {
			t.Fatalf("%s lost %+v", name, v)
		}
	}
}

// shuffledRecord returns the facts in another order, some of them twice.
func shuffledRecord(t *rapid.T, r deal.Record) deal.Record {
	return deal.Record{
		Events: mixed(t, r.Events), Facts: mixed(t, r.Facts), Activities: mixed(t, r.Activities),
		Claims: mixed(t, r.Claims), Blockers: mixed(t, r.Blockers),
	}
}

func mixed[T any](t *rapid.T, list []T) []T {
	if len(list) == 0 {
		return nil
	}
	twice := append(list[:len(list):len(list)], list[:rapid.IntRange(0, len(list)).Draw(t, "twice")]...)
	return rapid.Permutation(twice).Draw(t, "order")
}

func document(t interface{ Fatalf(string, ...any) }, v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatalf("%+v: %v", v, err)
	}
	return text
}

// oneOfEach is a record with one fact in each list, with all of its members.
const oneOfEach = `{"events":[{"verb":"advance","at":"2026-11-02T08:00:00Z","by":{"name":"ana","party":{"side":"partner","org":"acme"}},"to":"discovery","task":"demo",` +
	`"engagement":"true_co_sell","size":"standard","lead":{"side":"partner","org":"integra"},"day":"2026-12-01","reason":"r","consents":[{"by":{"name":"bo","party":{"side":"vendor","org":"us"}},"at":"2026-11-02T07:00:00Z"}],` +
	`"evidence":[{"kind":"qualified","at":"2026-11-02T07:00:00Z","negative":true}],"overrides":[{"gate":"gate.tasks","by":{"name":"mia","party":{"side":"partner","org":"acme"}},"at":"2026-11-02T07:00:00Z","reason":"r"}]}],` +
	`"facts":[{"kind":"proposal_sent","at":"2026-11-02T07:00:00Z","by":"ana","side":"partner","until":"2026-12-02T07:00:00Z","proposal":"P-1","revision":2,"without":"vendor"}],` +
	`"activities":[{"id":"q-1","kind":"quote","at":"2026-11-02T07:00:00Z","end":"2026-11-02T08:00:00Z","side":"vendor","from":"bo@us.example","to":["ana@acme.example"],"subject":"s","refs":["m-1"],"about":["m-2"],` +
	`"purpose":"prep","covers":["agenda"],"shared":true,"offer":{"item":"seat","quantity":1,"months":12,"price":{"amount":"1.00","currency":"USD"}}}],` +
	`"claims":[{"id":"CL-1","claimant":{"side":"partner","org":"acme"},"filing":{"key":"k","account":{"name":"Calder","country":"DE","domains":["calder.example"],"ids":[{"scheme":"lei","value":"x"}]},"with":{"side":"vendor","org":"us"},"also":[{"side":"partner","org":"integra"}],` +
	`"products":["p"],"regions":["DE"],"functions":["resale"],"by":"ana"},"key":{"ids":[{"scheme":"lei","value":"X"}],"domains":["calder.example"],"name":"calder","country":"DE"},"submitted":"2026-11-02T07:00:00Z",` +
	`"events":[{"do":"extend","by":{"name":"ana","party":{"side":"partner","org":"acme"}},"at":"2026-11-03T07:00:00Z","reason":"r","progress":"2026-11-03T06:00:00Z","to":{"side":"vendor","org":"us"},"terms":{"protection":60,"extension":7,"extensions":1,"confirm_within":5,"reminders":[3]}}]}],` +
	`"blockers":[{"id":"B-1","kind":"contract_issue","raised":"2026-11-02T07:00:00Z","by":{"name":"ana","party":{"side":"partner","org":"acme"}},"concerns":[{"side":"vendor","org":"us"}],"note":"n","internal":true,` +
	`"acknowledged":[{"at":"2026-11-02T08:00:00Z","by":{"name":"bo","party":{"side":"vendor","org":"us"}},"note":"n"}],"resolved":{"at":"2026-11-02T09:00:00Z"}}]}`

// Every member of every fact has its name and its place.
func TestFormHasEveryMemberOfEveryFact(t *testing.T) {
	r, err := deal.ParseRecord([]byte(oneOfEach))
	if err != nil {
		t.Fatal(err)
	}
	if got := string(document(t, r)); got != oneOfEach {
		t.Errorf("got  %s\nwant %s", got, oneOfEach)
	}
	if e := r.Events[0]; e.Evidence[0].Negative != true || e.Consents[0].By.Party != model.VendorOrg("us") || e.Size != model.Standard {
		t.Errorf("%+v", e)
	}
	if a := r.Activities[0]; a.Offer.Months != 12 || a.Covers[0] != comms.Agenda || !a.Shared || a.Refs[0] != "m-1" || a.About[0] != "m-2" {
		t.Errorf("%+v", a)
	}
	if f := r.Facts[0]; f.Side != model.Partner || f.Without != model.Vendor || f.Revision != 2 || f.Until.Month() != 12 {
		t.Errorf("%+v", f)
	}
	if b := r.Blockers[0]; !b.Internal || b.Acknowledged[0].By.Name != "bo" || b.Resolved.At.Hour() != 9 {
		t.Errorf("%+v", b)
	}
}

const smallDeal = `{"id":"D-1","partner":"acme","vendor":"us","opening":{"day":"2026-11-02"}}`

func TestSmallestDocumentsAreTaken(t *testing.T) {
	d, err := deal.Parse([]byte(smallDeal))
	if err != nil || string(document(t, d)) != smallDeal {
		t.Errorf("%+v, %v", d, err)
	}
	r, err := deal.ParseRecord([]byte(`{}`))
	if err != nil || string(document(t, r)) != `{}` || !reflect.DeepEqual(r, deal.Record{}) {
		t.Errorf("%+v, %v", r, err)
	}
	var both struct {
		Deal   deal.Deal
		Record deal.Record
	}
	if err := json.Unmarshal([]byte(`{"Deal":`+smallDeal+`,"Record":{"facts":[]}}`), &both); err != nil || both.Deal.ID != "D-1" {
		t.Errorf("inside another document: %+v, %v", both, err)
	}
	err = json.Unmarshal([]byte(`{"Deal":{"id":""},"Record":{}}`), &both)
	if err == nil || !strings.Contains(err.Error(), "partner") {
		t.Errorf("a deal without its needed members inside another document: %v", err)
	}
}

// An instant with another zone than UTC is the same instant.
func TestInstantsBecomeUTC(t *testing.T) {
	r, err := deal.ParseRecord([]byte(`{"facts":[{"kind":"qualified","at":"2026-11-02T09:00:00+01:00"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(document(t, r)), `{"facts":[{"kind":"qualified","at":"2026-11-02T08:00:00Z"}]}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A malformed record is refused with all problems of all lists, each with its path.
func TestDocumentsAreStrict(t *testing.T) {
	long := strings.Repeat("x", 10_000)
	for _, c := range []struct {
		name, data string
		code       value.Code
		want       string
	}{
		{"nothing", ``, wire.Syntax, `record: nothing is no JSON document`},
		{"another type", `[]`, wire.Type, `record: a JSON array stands where an object with members belongs`},
		{"a list of another type", `{"events":{}}`, wire.Type, `record.events: a JSON object stands where a list belongs`},
		{"repeated member", `{"facts":[],"facts":[]}`, wire.Repeated, `record.facts: the member stands twice`},
		{"repeated inside", `{"facts":[{"kind":"qualified","kind":"qualified"}]}`, wire.Repeated, "record.facts[0].kind: the member stands twice\nrecord.facts[0].at: nothing stands here; the member is needed"},
		{"wrongly cased", `{"Facts":[]}`, wire.Unknown, `record.Facts: the member is not known; allowed are activities, blockers, claims, events, facts`},
		{"unknown inside", `{"blockers":[{"id":"B-1","kind":"contract_issue","raised":"2026-11-02T08:00:00Z","Note":""}]}`, wire.Unknown,
			`record.blockers[0].Note: the member is not known; allowed are acknowledged, by, concerns, id, internal, kind, note, raised, resolved`},
		{"no name", `{"facts":[{}],"events":[{"verb":"done"}]}`, wire.Missing,
			"record.facts[0].kind: nothing stands here; the member is needed\nrecord.facts[0].at: nothing stands here; the member is needed\nrecord.events[0].at: nothing stands here; the member is needed"},
		{"null fact", `{"facts":[null]}`, wire.Missing, "record.facts[0].kind: nothing stands here; the member is needed\nrecord.facts[0].at: nothing stands here; the member is needed"},
		{"unknown verb", `{"events":[{"verb":"Done","at":"2026-11-02T08:00:00Z"}]}`, "",
			`record.events[0].verb: "Done" is not known; allowed are advance, send_back, hold, resume, win, lose, reopen, set_model, resize, record, done, waive, raise, consent, refuse, rebaseline, set_lead`},
		{"unknown side of a person", `{"events":[{"verb":"done","at":"2026-11-02T08:00:00Z","by":{"name":"ana","party":{"side":"both","org":"x"}}}]}`, "",
			`record.events[0].by.party.side: "both" is not known; allowed are partner, vendor`},
		{"no zone", `{"facts":[{"kind":"qualified","at":"2026-11-02T08:00:00"}]}`, wire.Instant, `record.facts[0].at: "2026-11-02T08:00:00" is no instant; write it like 2026-11-22T09:30:00Z`},
		{"a day", `{"facts":[{"kind":"qualified","at":"2026-11-02"}]}`, wire.Instant, `record.facts[0].at: "2026-11-02" is no instant; write it like 2026-11-22T09:30:00Z`},
		{"a number", `{"facts":[{"kind":"qualified","at":1793577600}]}`, wire.Type, `record.facts[0].at: a JSON number stands where a text in quotes belongs`},
		{"year 0", `{"facts":[{"kind":"qualified","at":"0000-11-02T08:00:00Z"}]}`, wire.Instant, `record.facts[0].at: "0000-11-02T08:00:00Z" is outside the years 1 to 9000`},
		{"the zero instant", `{"facts":[{"kind":"qualified","at":"0001-01-01T00:00:00Z"}]}`, wire.Instant, `record.facts[0].at: "0001-01-01T00:00:00Z" is outside the years 1 to 9000`},
		{"year 10000 in UTC", `{"facts":[{"kind":"qualified","at":"9000-12-31T23:59:59-01:00"}]}`, wire.Instant, `record.facts[0].at: "9000-12-31T23:59:59-01:00" is outside the years 1 to 9000`},
		{"year 10000", `{"facts":[{"kind":"qualified","at":"10000-01-01T00:00:00Z"}]}`, wire.Instant, `record.facts[0].at: "10000-01-01T00:00:00Z" is no instant; write it like 2026-11-22T09:30:00Z`},
		{"a huge number", `{"facts":[{"kind":"qualified","at":"2026-11-02T08:00:00Z","revision":1e400}]}`, wire.Type, `record.facts[0].revision: a JSON number stands where a whole number of 64 bits belongs`},
		{"a number beyond 64 bits", `{"facts":[{"kind":"qualified","at":"2026-11-02T08:00:00Z","revision":99999999999999999999}]}`, wire.Type, `record.facts[0].revision: a JSON number stands where a whole number of 64 bits belongs`},
		{"long text", `{"facts":[{"kind":"qualified","at":"2026-11-02T08:00:00Z","by":"` + long + `"}]}`, wire.Text,
			`record.facts[0].by: "` + long[:64] + `"… is no text of at most 4096 bytes of UTF-8`},
		{"a long id", `{"activities":[{"id":"` + long + `","kind":"note","at":"2026-11-02T08:00:00Z","side":"partner"}]}`, wire.ID,
			`record.activities[0].id: "` + long[:64] + `"… is not a text of 1 to 998 bytes of UTF-8`},
		{"not UTF-8", "{\"facts\":[{\"kind\":\"\xff\"}]}", wire.Syntax, ""},
		{"an amount that is a number", `{"activities":[{"id":"q","kind":"quote","at":"2026-11-02T08:00:00Z","side":"partner","offer":{"price":{"amount":1,"currency":"USD"}}}]}`, value.MoneyFormat, ""},
		{"trailing data", `{} {}`, wire.Syntax, `record: data follows the end of the document`},
		{"one id, two blockers", `{"blockers":[{"id":"B","kind":"a","raised":"2026-11-02T08:00:00Z"},{"id":"B","kind":"b","raised":"2026-11-02T08:00:00Z"}]}`, deal.FactTwice,
			`record.blockers[1].id: "B" is the id of another blocker too; give each its own`},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := deal.ParseRecord([]byte(c.data))
			wantRefused(t, err, c.code, c.want)
			if !reflect.DeepEqual(r, deal.Record{}) {
				t.Errorf("beside an error stands %+v", r)
			}
		})
	}
}

func wantRefused(t *testing.T, err error, code value.Code, want string) {
	t.Helper()
	if err == nil {
		t.Fatal("is taken")
	}
	if want != "" && err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
	if code != "" && !strings.Contains(fmt.Sprint(codesOf(err)), string(code)) {
		t.Errorf("%v has codes %v, not %s", err, codesOf(err), code)
	}
}

func codesOf(err error) []value.Code {
	var problems value.Errors
	problems.Add("", err)
	var codes []value.Code
	for _, p := range problems {
		codes = append(codes, p.Code)
	}
	return codes
}

func FuzzParseRecord(f *testing.F) {
	for _, seed := range []string{`{}`, `{"facts":[{"kind":"qualified","at":"2026-11-02T08:00:00.5+14:00"}]}`, `{"events":[{}],"Events":[]}`, strings.Repeat(`{"events":[`, 20)} {
		f.Add([]byte(seed))
	}
	f.Add([]byte(oneOfEach))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := deal.ParseRecord(data)
		if err != nil {
			return
		}
		text := document(t, r)
		again, err := deal.ParseRecord(text)
		if err != nil {
			t.Fatalf("%q is written as %s: %v", data, text, err)
		}
		if twice := document(t, again); string(twice) != string(text) {
			t.Fatalf("%s became %s", text, twice)
		}
	})
}
