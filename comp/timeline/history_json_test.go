package timeline_test

import (
	stdjson "encoding/json"
	"errors"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/timeline"
	"github.com/coselling/coselling/internal/goldentest"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

var goldenHistory = filepath.Join("testdata", "history.json")

// recorded returns a history with every member of the document.
func recorded(t rapid.TB) timeline.History {
	t.Helper()
	terms := timeline.Terms{FiscalYear: comp.FiscalYear{Start: time.February}, DatedBy: timeline.ByRegistration}
	h, err := timeline.New(terms, ending(version("2026", "2026-01-15"), "2026-04-30"), version("2026-q2", "2026-05-01"))
	if err != nil {
		t.Fatal(err)
	}
	return corrected(t, h, correction("fix", "2026-q2", "2026-06-15"))
}

func TestHistoryDocumentIsAsRecorded(t *testing.T) {
	want := goldentest.JSON(t, goldenHistory, recorded(t))
	read, err := timeline.Parse(want)
	if err != nil || !sameHistory(t, read, recorded(t)) {
		t.Errorf("read as %s, %v", text(t, read), err)
	}
}

func TestHistoryJSONRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := anyHistory().Draw(t, "history")
		written := text(t, h)
		back, err := timeline.Parse([]byte(written))
		if err != nil || !sameHistory(t, back, h) || back.Terms() != h.Terms() {
			t.Fatalf("%s\nread as %v, %v", written, spans(back), err)
		}
		type document struct{ History timeline.History }
		whole, err := stdjson.Marshal(document{h})
		if err != nil || string(whole) != `{"History":`+written+`}` {
			t.Fatalf("%s, %v", whole, err)
		}
		var d document
		if err := stdjson.Unmarshal(whole, &d); err != nil || !sameHistory(t, d.History, h) {
			t.Fatalf("%v, %v", spans(d.History), err)
		}
	})
}

// changed returns the recorded document with the first occurrence of a text replaced.
func changed(t *testing.T, from, to string) []byte {
	t.Helper()
	whole := text(t, recorded(t))
	if !strings.Contains(whole, from) {
		t.Fatalf("%q does not stand in %s", from, whole)
	}
	return []byte(strings.Replace(whole, from, to, 1))
}

func TestRefusesMalformedHistoryJSON(t *testing.T) {
	for _, c := range []struct {
		name     string
		code     value.Code
		from, to string
		want     []string
	}{
		{"repeated", wire.Repeated, `"dated_by":`, `"dated_by":"closing","dated_by":`, []string{"history.dated_by: the member stands twice"}},
		{"repeated in a policy", wire.Repeated, `"rounding":`, `"rounding":"half_even","rounding":`, []string{"history.versions[0].policy.rounding: the member stands twice"}},
		{"wrongly cased", wire.Unknown, `"from":`, `"From":`, []string{"history.versions[0].From: the member is not known; allowed are from, id, policy, to", "history.versions[0].from: nothing stands here; the member is needed"}},
		{"unknown in a correction", wire.Unknown, `"reason":`, `"to":"2026-06-30","reason":`, []string{"history.corrections[0].to: the member is not known; *"}},
		{"unknown in a policy", wire.Unknown, `"rounding":`, `"bonus":1,"rounding":`, []string{"history.versions[0].policy.bonus: the member is not known; *"}},
		{"missing", wire.Missing, `"dated_by":"registration",`, ``, []string{"history.dated_by: nothing stands here; the member is needed"}},
		{"missing in an approval", wire.Missing, `"name":"dora",`, ``, []string{"history.corrections[0].approved.by.name: nothing stands here; the member is needed"}},
		{"null", wire.Missing, `"2026-01-15"`, `null`, []string{"history.versions[0].from: nothing stands here; the member is needed"}},
		{"type", wire.Type, `"2026-01-15"`, `20260115`, []string{"history.versions[0].from: a JSON number stands where a text in quotes belongs"}},
		{"type in a policy", wire.Type, `"30%"`, `30`, []string{"history.versions[0].policy.role_based.contributions.technical_validation: a JSON number stands where a text in quotes belongs"}},
		{"policy is a text", wire.Type, `"versions":[`, `"versions":[{"id":"z","from":"2025-11-01","policy":"x"},`, []string{"history.versions[0].policy: a JSON string stands where an object with members belongs"}},
		{"trailing", wire.Syntax, `]}`, `]} {}`, nil},
		{"deep", wire.Type, `"2026-01-15"`, strings.Repeat("[", 5000) + strings.Repeat("]", 5000), nil},
		{"size", wire.Size, `{`, strings.Repeat(" ", 16<<20) + `{`, nil},
		{"an empty end", wire.Missing, `"2026-04-30"`, `""`, []string{"history.versions[0].to: nothing stands here; *"}},
		{"an empty beginning", value.Code("history.date"), `"2026-01-15"`, `""`, []string{"history.versions[0].from: nothing stands here; *"}},
		{"instants are in UTC", wire.Instant, `09:30:00Z`, `09:30:00+00:00`, []string{`history.corrections[0].approved.at: "2026-11-23T09:30:00+00:00" is no instant in UTC; *`}},
		{"no instant", wire.Instant, `"2026-11-23T09:30:00Z"`, `""`, []string{`history.corrections[0].approved.at: nothing is no instant; *`}},
		{"a correction of what has no place", timeline.SameDate, `"2026-05-01"`, `"2026-01-15"`, []string{"history.versions[1].from: 2026-01-15 is also the day*", "history.versions[1].from: 2026-01-15 lies inside*"}},
		{"a correction before what has no place", value.Code("history.gap"), `"2026-05-01"`, `"2026-08-01"`, []string{"history.versions[1].from: 2026-08-01 leaves*"}},
		{"a correction outside", value.Code("correction.range"), `"2026-06-15"`, `"2026-04-30"`, []string{`history.corrections[0].from: 2026-04-30 is no day of version "2026-q2", which lasts from 2026-05-01 on`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			h, err := timeline.Parse(changed(t, c.from, c.to))
			if !errors.Is(err, c.code) || len(h.Versions()) > 0 {
				t.Fatalf("%v, %v", spans(h), err)
			}
			if c.want != nil {
				wantError(t, err, c.code, c.want...)
			}
		})
	}
}

// All problems of values are reported at once, one for each field. Where every value could
// be read, the problems of the whole history are reported too.
func TestHistoryJSONReportsEveryProblem(t *testing.T) {
	whole := text(t, recorded(t))
	for _, r := range [][2]string{{`"30%"`, `"130%"`}, {`"2026-05-01"`, `"2026-05-02"`}, {`"dora"`, `" "`}, {`"corrects":"2026-q2"`, `"corrects":"q2"`}} {
		whole = strings.Replace(whole, r[0], r[1], 1)
	}
	_, err := timeline.Parse([]byte(whole))
	wantError(t, err, "correction.of",
		`history.versions[0].policy.role_based.contributions.technical_validation: 130% is above 100%`,
		`history.versions[1].from: 2026-05-02 leaves 2026-05-01 to 2026-05-01 without a version; *`,
		`history.corrections[0].approved.by.name: nothing names the person`,
		`history.corrections[0].corrects: "q2" is the id of no version; write that of a version`,
		`history.versions[1].from: 2026-05-02 lies inside *`)
	whole = text(t, recorded(t))
	for _, r := range [][2]string{
		{`"february"`, `"feb"`}, {`"registration"`, `"won"`}, {`"2026-01-15"`, `"15 Jan"`}, {`"30%"`, `"130%"`}, {`"half_even"`, `"up"`},
		{`"2026-05-01"`, `"2026-05-02"`}, {`"vendor"`, `"seller"`}, {`"dora"`, `" "`}, {`"31%"`, `"31"`}, {`"corrects":"2026-q2"`, `"corrects":"q2"`},
	} {
		whole = strings.Replace(whole, r[0], r[1], 1)
	}
	_, err = timeline.Parse([]byte(whole))
	wantError(t, err, "history.basis.unknown",
		`history.fiscal_year: "feb" is not known; *`,
		`history.dated_by: "won" is not known; *`,
		`history.versions[0].from: "15 Jan" is not a date; *`,
		`history.versions[0].policy.rounding: "up" is not known; *`,
		`history.versions[0].policy.role_based.contributions.technical_validation: 130% is above 100%`,
		`history.corrections[0].policy.role_based.contributions.technical_validation: "31" is no*`,
		`history.corrections[0].approved.by.party.side: "seller" is not known; *`)
}

// CASES R1: a document with very many problems gets a short error, and is refused cheaply.
func TestHostileHistoriesAreRefusedCheaply(t *testing.T) {
	whole := text(t, recorded(t))
	open := `{"fiscal_year":"february","dated_by":"closing","corrections":[],"versions":[`
	for name, data := range map[string]string{
		"empty versions":        open + strings.Repeat("{},", 5_000_000) + `{}]}`,
		"as many as may be":     open + strings.Repeat("{},", 399) + `{}]}`,
		"empty corrections":     strings.Replace(whole, `"corrections":[`, `"corrections":[`+strings.Repeat("{},", 5_000_000), 1),
		"a version many times":  strings.Replace(whole, `"versions":[`, `"versions":[`+strings.Repeat(`{"id":"","from":"","policy":{"rates":{}}},`, 300), 1),
		"names that are not in": open + `{` + strings.Repeat(`"x":0,`, 2_000_000) + `"y":0}]}`,
		"a policy of tables":    open + `{"policy":{"rates":{"tables":{` + strings.Repeat(`"a":{},`, 100_000) + `"b":{}}}}}]}`,
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := timeline.Parse([]byte(data))
		runtime.ReadMemStats(&after)
		if n := after.TotalAlloc - before.TotalAlloc; n > 64<<20 {
			t.Errorf("%s: %d bytes allocated", name, n)
		}
		if list, ok := errors.AsType[value.Errors](err); !ok || len(list) > 101 || len(err.Error()) > 80<<10 {
			t.Errorf("%s: %d problems in %d bytes", name, len(list), len(err.Error()))
		}
	}
}

func TestPathsOfAHistoryInADocumentBeginInsideIt(t *testing.T) {
	var h timeline.History
	wantError(t, h.UnmarshalJSON(changed(t, `"february"`, `"feb"`)), "comp.fiscal_year.start", `fiscal_year: "feb" is not known; *`)
	if len(h.Spans()) > 0 {
		t.Errorf("%v", spans(h))
	}
}

func TestHistoryTooLargeIsNotWritten(t *testing.T) {
	p := comp.DefaultPolicy()
	for i := range 1000 {
		p.RoleBased.Contributions[comp.Contribution("x"+strings.Repeat("y", 40)+string(rune('a'+i%26))+string(rune('a'+i/26%26))+string(rune('a'+i/676)))] = value.MustPercent("0%")
		if len(p.RoleBased.Contributions) == 1000 {
			break
		}
	}
	q := comp.FiscalYear{Start: time.January}.Quarter(day("2000-01-01"))
	var versions []timeline.Version
	for range 400 {
		versions = append(versions, timeline.Version{ID: q.First().String(), From: q.First(), Policy: p})
		q = q.Next()
	}
	_, err := newHistory(t, versions...).MarshalJSON()
	wantError(t, err, "history.size", "history: *")
	before := make([]byte, 16<<20)
	if after, err := newHistory(t, versions[0]).AppendJSON(before); err != nil || len(after) <= len(before) {
		t.Errorf("history.size: what stands before the history counts: %v", err)
	}
}

func FuzzParse(f *testing.F) {
	seed := text(f, recorded(f))
	for _, s := range []string{
		seed, "", "{}", "null", "[]", seed + "{}", strings.Replace(seed, "2026-05-01", "2026-05-02", 1), strings.Replace(seed, "february", "may", 1),
		strings.Replace(seed, `"to":"2026-04-30",`, "", 1), strings.Replace(seed, "2026-06-15", "2025-06-15", 1), strings.Replace(seed, "fix", "2026", 1),
		strings.Replace(seed, `,"policy"`, `,"policy":null,"x"`, 1), strings.Replace(seed, "09:30:00Z", "09:30:00,5Z", 1),
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		h, err := timeline.Parse(data)
		if err != nil {
			if len(h.Versions()) > 0 || errors.Is(err, value.Unexpected) {
				t.Errorf("beside %v stands %v", err, spans(h))
			}
			return
		}
		written := text(t, h)
		back, err := timeline.Parse([]byte(written))
		if err != nil || !sameHistory(t, back, h) {
			t.Errorf("%s\nread as %v, %v", written, spans(back), err)
		}
		versions := h.Versions()
		if again, err := timeline.New(h.Terms(), versions...); err != nil || len(again.Spans()) != len(versions) {
			t.Errorf("made again: %v", err)
		}
		for _, s := range h.Spans() {
			if in, err := h.On(s.From); err != nil || in != s {
				t.Errorf("%s: %+v, %v", s.From, in, err)
			}
			if _, err := s.Plan.Statement(comp.Booking{ID: "D", Value: value.MustMoney("1 USD"), Source: model.FromVendor, Payees: []comp.Payee{
				{Rep: "a", Party: model.VendorOrg("us"), Role: comp.Primary, Rate: value.MustPercent("0%")},
			}}); err != nil {
				t.Errorf("%s: %v", s.Version, err)
			}
		}
	})
}
