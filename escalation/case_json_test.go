package escalation_test

import (
	"bytes"
	stdjson "encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const storedCase = `{"deal":"D-17","kind":"scheduling","steps":[` +
	`{"act":"opened","at":"2026-11-23T09:00:00Z","level":"rep","by":{"name":"ana","party":{"side":"partner","org":"acme"}}},` +
	`{"act":"escalated","at":"2026-11-26T00:00:00Z","level":"manager"},` +
	`{"act":"resolved","at":"2026-11-26T08:30:00.5Z","level":"manager","by":{"name":"bo","party":{"side":"vendor","org":"us"}},"note":"moved to Friday"}]}`

func TestCaseJSONIsCanonical(t *testing.T) {
	c := raise(t, escalation.Case{}, escalation.Scheduling, instant(23, 9))
	c, err := defaultRoutes(t).Resolve(c, deal(), escalation.Event{By: bo, At: instant(26, 8).Add(30*60*1e9 + 5e8),
		Note: "moved to Friday"})
	if err != nil {
		t.Fatal(err)
	}
	text, err := c.MarshalJSON()
	if err != nil || string(text) != storedCase {
		t.Errorf("%s, %v", text, err)
	}
	if c.Deal() != "D-17" || c.Kind() != escalation.Scheduling || c.IsZero() {
		t.Errorf("%+v", c)
	}
	clear(c.History())
	if again, err := c.MarshalJSON(); err != nil || !bytes.Equal(again, text) {
		t.Errorf("who changed the steps changed the case: %s, %v", again, err)
	}
	var list []escalation.Case
	if err := stdjson.Unmarshal([]byte("["+storedCase+",null]"), &list); err != nil || len(list) != 2 ||
		list[0].Kind() != escalation.Scheduling || !list[1].IsZero() {
		t.Errorf("%+v, %v", list, err)
	}
	if whole, err := stdjson.Marshal(list); err != nil || string(whole) != "["+storedCase+",null]" {
		t.Errorf("%s, %v", whole, err)
	}
}

func TestAnImpossibleHistoryIsRefused(t *testing.T) {
	for _, c := range []struct {
		name     string
		code     value.Code
		from, to string
		want     []string
	}{
		{"begins in the middle", value.Code("esc.case.steps"), `"opened"`, `"reopened"`,
			[]string{"case.steps[0]: reopened does not begin a case; opened does"}},
		{"opened twice", value.Code("esc.case.steps"), `"escalated"`, `"opened"`,
			[]string{"case.steps[1]: opened does not stand inside a history"}},
		{"reminded", value.Code("esc.case.steps"), `"escalated"`, `"reminded"`,
			[]string{"case.steps[1]: reminded does not stand inside a history"}},
		{"goes back", value.Code("esc.case.steps"), `2026-11-26T00`, `2026-11-22T00`,
			[]string{"case.steps[1]: escalated is before the step that it follows"}},
		{"reopened while open", value.Code("esc.case.steps"), `"resolved"`, `"reopened"`,
			[]string{"case.steps[2]: reopened does not follow escalated"}},
		{"goes on after the end", value.Code("esc.case.steps"), `"escalated","at":"2026-11-26T00:00:00Z","level":"manager"`,
			`"resolved","at":"2026-11-26T00:00:00Z","level":"rep"`,
			[]string{"case.steps[2]: resolved does not follow resolved"}},
		{"skips a level", value.Code("esc.case.steps"), `Z","level":"manager"},`, `Z","level":"executive"},`,
			[]string{"case.steps[1]: escalated does not lead from level rep to executive",
				"case.steps[2]: resolved does not lead from level executive to manager"}},
		{"nobody acknowledges", value.Code("esc.case.steps"), `"escalated","at":"2026-11-26T00:00:00Z","level":"manager"`,
			`"acknowledged","at":"2026-11-26T00:00:00Z","level":"rep"`,
			[]string{"case.steps[1]: acknowledged names no person",
				"case.steps[2]: resolved does not lead from level rep to manager"}},
		{"no steps", value.Code("esc.case.steps"), storedCase[strings.Index(storedCase, `{"act"`) : len(storedCase)-2], "",
			[]string{"case.steps: 0 are fewer than the 1 that are needed"}},
		{"values", value.Code("esc.act.unknown"), `"escalated","at":"2026-11-26T00:00:00Z"`,
			`"escalate","at":"2026-11-26T01:00:00+01:00"`, []string{
				`case.steps[1].act: "escalate" is not known; allowed are opened, acknowledged, raised_again, escalated, reminded, resolved, reopened`,
				`case.steps[1].at: "2026-11-26T01:00:00+01:00" is no instant in UTC; write it like 2026-11-22T09:30:00Z`}},
		{"no instant", wire.Instant, `2026-11-26T00:00:00Z`, `0001-01-01T00:00:00Z`,
			[]string{`case.steps[1].at: "0001-01-01T00:00:00Z" is outside the years 1 to 9000`}},
		{"a person without company", value.Code("esc.event.by"), `"org":"us"`, `"org":""`,
			[]string{`case.steps[2].by: "bo" is no person of an organisation`}},
		{"no deal, no kind", value.Code("esc.deal.id"), `"deal":"D-17","kind":"scheduling"`, `"deal":" ","kind":"a b"`,
			[]string{
				`case.deal: " " is no id of a deal`,
				`case.kind: "a b" is no blocker kind; write lower-case letters, digits and underscores, a letter first, at most 64 bytes`}},
		{"unknown member", wire.Unknown, `"note"`, `"Note"`,
			[]string{"case.steps[2].Note: the member is not known; allowed are act, at, by, level, note"}},
		{"missing", wire.Missing, `"name":"bo",`, ``,
			[]string{"case.steps[2].by.name: nothing stands here; the member is needed"}},
		{"long note", value.Code("esc.event.note"), `moved to Friday`, strings.Repeat("x", 1001),
			[]string{`case.steps[2].note: "` + strings.Repeat("x", 64) +
				`"… is no text of at most 1000 bytes of UTF-8`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if strings.Count(storedCase, c.from) != 1 {
				t.Fatalf("%s does not stand once", c.from)
			}
			got, err := escalation.ParseCase([]byte(strings.Replace(storedCase, c.from, c.to, 1)))
			wantCode(t, err, c.code)
			wantError(t, err, c.want...)
			if !got.IsZero() {
				t.Errorf("beside an error stands %+v", got)
			}
		})
	}
	var level4 = strings.NewReplacer(`"rep"`, `"executive"`, `"manager"`, `"deal_desk_legal"`).Replace(storedCase)
	_, err := escalation.ParseCase([]byte(level4))
	wantError(t, err, "case.steps[1]: escalated does not lead from level executive to deal_desk_legal")
}

// The years 1 to 9999, to the last nanosecond.
func TestInstantsOfAllYearsAreReadBack(t *testing.T) {
	text := strings.NewReplacer("2026-11-23T09:00:00Z", "0001-01-01T00:00:00.000000001Z", "2026-11-26T00:00:00Z",
		"0001-01-04T00:00:00Z", "2026-11-26T08:30:00.5Z", "9000-12-31T23:59:59.999999999Z").Replace(storedCase)
	c, err := escalation.ParseCase([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if again, err := c.MarshalJSON(); err != nil || string(again) != text {
		t.Errorf("%s, %v", again, err)
	}
	_, err = escalation.ParseCase([]byte(strings.Replace(storedCase, "2026-11-23", "0000-11-23", 1)))
	wantError(t, err, `case.steps[0].at: "0000-11-23T09:00:00Z" is outside the years 1 to 9000`)
}

// A case of more than 2,000 steps is refused.
func TestACaseHasAtMost2000Steps(t *testing.T) {
	step := `{"act":"raised_again","at":"2026-11-23T09:00:00Z","level":"rep"}`
	text := func(n int) []byte {
		return []byte(`{"deal":"D-17","kind":"scheduling","steps":[` + strings.Replace(step, "raised_again", "opened",
			1) + strings.Repeat(","+step, n-1) + `]}`)
	}
	c, err := escalation.ParseCase(text(2000))
	if err != nil {
		t.Fatal(err)
	}
	_, err = defaultRoutes(t).Raise(c, escalation.Blocker{Deal: deal(), Kind: escalation.Scheduling,
		Raised: instant(23, 9)})
	wantError(t, err, "2001 steps are above the limit of 2000")
	wantCode(t, err, "esc.case.steps")
	_, err = escalation.ParseCase(text(2001))
	wantError(t, err, "case.steps: more than 2000 elements are too many for this list")
	wantCode(t, err, "esc.case.steps")
}

func FuzzParseCase(f *testing.F) {
	for _, s := range []string{storedCase, "", "null", "{}", strings.Replace(storedCase, "2026", "9999", 3),
		strings.Replace(storedCase, "scheduling", "large_deal", 1)} {
		f.Add([]byte(s))
	}
	routes := defaultRoutes(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := escalation.ParseCase(data)
		if err != nil {
			checkCoded(t, err)
			return
		}
		text, err := c.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		back, err := escalation.ParseCase(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if again, err := back.MarshalJSON(); err != nil || !bytes.Equal(again, text) {
			t.Errorf("%s\nread and written as %s, %v", text, again, err)
		}
		d := deal()
		d.ID = c.Deal()
		last := c.History()[len(c.History())-1].At
		if s, err := routes.State(c, d, last.AddDate(1, 0, 0)); err == nil && s.Opened.IsZero() {
			t.Errorf("%s stands nowhere", text)
		} else if err != nil {
			checkCoded(t, err)
		}
	})
}

// The largest possible case can be stored and read.
func TestTheLargestCaseIsReadBack(t *testing.T) {
	r := exampleRoster()
	org := strings.Repeat("\x01", 256)
	for i := range r.People {
		r.People[i].Party.Org = org
	}
	routes := compile(t, escalation.DefaultPolicy(), r)
	by := model.Person{Name: strings.Repeat("\x02", 256), Party: model.VendorOrg(org)}
	d := deal()
	d.ID = strings.Repeat("\x03", 256)
	c, err := routes.Raise(escalation.Case{}, escalation.Blocker{Deal: d, Kind: escalation.Scheduling,
		Raised: instant(23, 9), By: by, Note: strings.Repeat("\x04", 1000)})
	if err != nil {
		t.Fatal(err)
	}
	text, err := c.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	step, rest := text[bytes.Index(text, []byte(`{"act"`)):len(text)-2], []byte("]}")
	again := bytes.Replace(append([]byte(","), step...), []byte("opened"), []byte("raised_again"), 1)
	largest := slices.Concat(text[:len(text)-2], bytes.Repeat(again, 1999), rest)
	back, err := escalation.ParseCase(largest)
	if err != nil || len(back.History()) != 2000 {
		t.Fatalf("%d bytes: %v", len(largest), err)
	}
	if text, err := back.MarshalJSON(); err != nil || !bytes.Equal(text, largest) {
		t.Errorf("written again as %d bytes, %v", len(text), err)
	}
}
