package timeline_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/timeline"
	"github.com/coselling/coselling/value"
)

func TestAddDecides(t *testing.T) {
	open := []timeline.Version{version("2026", "2026-01-15")}
	two := []timeline.Version{version("2026", "2026-01-15"), version("2027", "2027-01-01")}
	ended := []timeline.Version{ending(version("2026", "2026-01-15"), "2026-09-30")}
	for _, c := range []struct {
		name    string
		history []timeline.Version
		add     timeline.Version
		closed  string
		refused []string // "path code sentence"; none where the version was added
		next    string
		spans   []string
	}{
		{name: "comp.quarter_lock first day of a quarter", history: open, add: version("b", "2026-04-01"), closed: "2026-03-31",
			spans: []string{"2026 2026-01-15/2026-03-31", "b 2026-04-01/"}},
		{name: "comp.quarter_lock nothing is closed", history: open, add: version("b", "2026-04-01"),
			spans: []string{"2026 2026-01-15/2026-03-31", "b 2026-04-01/"}},
		{name: "comp.quarter_lock mid-quarter", history: open, add: version("b", "2026-04-02"), next: "2026-07-01",
			refused: []string{"version.from comp.quarter_lock 2026-04-02 lies inside the fiscal quarter 2026-04-01 to 2026-06-30; the next legal date is 2026-07-01"}},
		{name: "comp.quarter_lock last day of a quarter", history: open, add: version("b", "2026-06-30"), next: "2026-07-01",
			refused: []string{"version.from comp.quarter_lock 2026-06-30 lies inside the fiscal quarter 2026-04-01 to 2026-06-30; the next legal date is 2026-07-01"}},
		{name: "comp.quarter_lock the next date is taken", history: two, add: version("b", "2026-11-15"), next: "2027-04-01",
			refused: []string{"version.from comp.quarter_lock 2026-11-15 lies inside the fiscal quarter 2026-10-01 to 2026-12-31; the next legal date is 2027-04-01"}},
		{name: "comp.quarter_lock the next date has no end", history: append(two[:2:2], version("2028", "2028-01-01")), add: ending(version("b", "2026-11-15"), "2026-12-31"), next: "2027-04-01",
			refused: []string{"version.from comp.quarter_lock 2026-11-15 lies inside the fiscal quarter 2026-10-01 to 2026-12-31; the next legal date is 2027-04-01"}},
		{name: "comp.quarter_lock the next date is behind an end", history: []timeline.Version{two[0], ending(two[1], "2027-12-31")}, add: version("b", "2026-11-15"), next: "2028-01-01",
			refused: []string{"version.from comp.quarter_lock 2026-11-15 lies inside the fiscal quarter 2026-10-01 to 2026-12-31; the next legal date is 2028-01-01"}},
		{name: "comp.closed_fixed", history: open, add: version("b", "2026-04-01"), closed: "2026-04-01", next: "2026-07-01",
			refused: []string{"version.from comp.closed_fixed 2026-04-01 is not after 2026-04-01, up to which deals are closed; the next legal date is 2026-07-01"}},
		{name: "both reasons at once", history: open, add: version("b", "2026-04-02"), closed: "2026-11-20", next: "2027-01-01", refused: []string{
			"version.from comp.quarter_lock 2026-04-02 lies inside the fiscal quarter 2026-04-01 to 2026-06-30; the next legal date is 2027-01-01",
			"version.from comp.closed_fixed 2026-04-02 is not after 2026-11-20, up to which deals are closed; the next legal date is 2027-01-01"}},
		{name: "comp.quarter_lock at the end of the calendar", history: open, add: version("b", "9999-11-01"),
			refused: []string{"version.from comp.quarter_lock 9999-11-01 lies inside the fiscal quarter 9999-10-01 to 9999-12-31; there is no later legal date"}},
		{name: "comp.closed_fixed for ever", history: open, add: version("b", "2026-04-01"), closed: "9999-12-31",
			refused: []string{"version.from comp.closed_fixed 2026-04-01 is not after 9999-12-31, up to which deals are closed; there is no later legal date"}},
		{name: "between two", history: two, add: version("b", "2026-07-01"),
			spans: []string{"2026 2026-01-15/2026-06-30", "b 2026-07-01/2026-12-31", "2027 2027-01-01/"}},
		{name: "between two, to the next", history: two, add: ending(version("b", "2026-07-01"), "2026-12-31"),
			spans: []string{"2026 2026-01-15/2026-06-30", "b 2026-07-01/2026-12-31", "2027 2027-01-01/"}},
		{name: "comp.closed_fixed behind an end nothing is in force", history: ended, add: version("b", "2026-10-01"), closed: "2026-11-20",
			spans: []string{"2026 2026-01-15/2026-09-30", "b 2026-10-01/"}},
		{name: "comp.quarter_lock a new first one makes the old one second", history: open, add: version("b", "2025-11-03"), closed: "2026-11-20", next: "2027-01-01", refused: []string{
			"versions[1].from comp.quarter_lock 2026-01-15 lies inside the fiscal quarter 2026-01-01 to 2026-03-31; the next legal date is 2027-01-01"}},
		{name: "a new first one before a quarter's first day", history: two[1:], add: version("b", "2026-11-03"), closed: "2027-11-20",
			spans: []string{"b 2026-11-03/2026-12-31", "2027 2027-01-01/"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newHistory(t, c.history...)
			before := text(t, h)
			decision, err := h.Add(c.add, day(c.closed))
			if err != nil {
				t.Fatal(err)
			}
			var refused []string
			for _, r := range decision.Refused {
				refused = append(refused, strings.Join(r.Paths(), " ")+" "+string(r.Code())+" "+r.String())
			}
			if !slices.Equal(refused, c.refused) || decision.NextLegal != day(c.next) {
				t.Errorf("refused\n%s\nwant\n%s\nnext legal %s, want %s", strings.Join(refused, "\n"), strings.Join(c.refused, "\n"), decision.NextLegal, c.next)
			}
			if text(t, h) != before {
				t.Errorf("the history became %s", text(t, h))
			}
			if len(c.refused) > 0 {
				if !sameHistory(t, decision.History, h) {
					t.Errorf("refused, and yet %s", text(t, decision.History))
				}
				return
			}
			wantSpans(t, decision.History, c.spans...)
		})
	}
}

func TestAddReportsMalformedVersions(t *testing.T) {
	base := newHistory(t, ending(version("2026", "2026-01-15"), "2026-06-30"), version("autumn", "2026-07-01"))
	base = corrected(t, base, correction("fix", "autumn", "2026-11-15"))
	unpriced := version("b", "2027-01-01")
	unpriced.Policy.Rounding = 0
	for _, c := range []struct {
		name string
		add  timeline.Version
		code value.Code
		want []string
	}{
		{"overlap", version("b", "2026-04-01"), value.Code("history.overlap"),
			[]string{"history.version.from: 2026-04-01 lies inside versions[0], which lasts to 2026-06-30; one version is in force on a day"}},
		{"overlap behind", ending(version("b", "2025-01-01"), "2026-03-31"), value.Code("history.overlap"),
			[]string{"history.versions[1].from: 2026-01-15 lies inside version, which lasts to 2026-03-31; one version is in force on a day"}},
		{"gap behind", ending(version("b", "2025-01-01"), "2025-12-31"), value.Code("history.gap"),
			[]string{"history.versions[1].from: 2026-01-15 leaves 2026-01-01 to 2026-01-14 without a version; version lasts to 2025-12-31"}},
		{"same date", version("b", "2026-07-01"), timeline.SameDate,
			[]string{"history.version.from: 2026-07-01 is also the day on which versions[1] begins; one version begins on a day"}},
		{"same id", version("fix", "2027-01-01"), timeline.ID,
			[]string{`history.corrections[0].id: "fix" is the id of version already`}},
		{"no id, no date", timeline.Version{Policy: comp.DefaultPolicy()}, value.Code("history.date"),
			[]string{"history.version.id: nothing stands here; a text of 1 to 256 bytes of UTF-8 is needed", "history.version.from: nothing stands here; the value is needed"}},
		{"the end", ending(version("b", "2027-01-01"), "2026-12-31"), value.Code("history.overlap"),
			[]string{"history.version.to: 2026-12-31 is before the version begins, 2027-01-01"}},
		{"comp.quarter_lock the end lies inside a quarter", ending(version("b", "2027-01-01"), "2027-05-01"), timeline.QuarterLock,
			[]string{"history.version.to: 2027-05-01 lies inside the fiscal quarter 2027-04-01 to 2027-06-30; a version lasts to the end of a quarter"}},
		{"policy", unpriced, value.Code("rounding.unknown"), []string{"history.version.policy.rounding: nothing is given*"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			decision, err := base.Add(c.add, value.Date{})
			wantError(t, err, c.code, c.want...)
			if !sameHistory(t, decision.History, base) || decision.Refused != nil || !decision.NextLegal.IsZero() {
				t.Errorf("beside the error: %+v", decision)
			}
		})
	}
	if _, err := (timeline.History{}).Add(version("a", "2026-01-01"), value.Date{}); !errors.Is(err, timeline.VersionsMissing) {
		t.Errorf("no history: %v", err)
	}
}

// A correction lies between two days on which a version may begin: the next legal date is
// after the correction.
func TestNextLegalDayIsAfterACorrection(t *testing.T) {
	h := corrected(t, newHistory(t, version("2026", "2026-01-01")), correction("fix", "2026", "2026-11-15"))
	decision, err := h.Add(version("b", "2026-05-05"), value.Date{})
	if err != nil || decision.NextLegal != day("2027-01-01") || len(decision.Refused) != 2 {
		t.Fatalf("%+v, %v", decision, err)
	}
	decision, err = h.Add(version("b", "2026-10-01"), value.Date{})
	if err != nil || decision.NextLegal != day("2027-01-01") || len(decision.Refused) != 1 {
		t.Fatalf("%+v, %v", decision, err)
	}
	const want = "fix corrects 2026 from 2026-11-15, when that would have ended; the next legal date is 2027-01-01"
	if r := decision.Refused[0]; r.String() != want || r.Code() != "correction.range" || r.Paths()[0] != "corrections[0].from" {
		t.Errorf("%s %s %v", r.Code(), r, r.Paths())
	}
}

// A correction that a later one replaces does not hinder a new version.
func TestStrayCorrectionsAreNamedInOrder(t *testing.T) {
	h := corrected(t, newHistory(t, version("2026", "2026-01-01")), correction("c1", "2026", "2026-12-24"), correction("c2", "2026", "2026-11-15"),
		correction("c3", "2026", "2026-11-15"), correction("c4", "2026", "2026-12-12"), correction("c5", "2026", "2026-12-13"))
	decision, err := h.Add(version("b", "2026-10-01"), value.Date{})
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, r := range decision.Refused {
		paths = append(paths, r.Paths()...)
	}
	if want := []string{"corrections[2].from", "corrections[3].from", "corrections[4].from"}; !slices.Equal(paths, want) {
		t.Errorf("%v, want %v", paths, want)
	}
}

// Two histories that continue one history do not change each other.
func TestTwoHistoriesFromOneAreIndependent(t *testing.T) {
	h := newHistory(t, version("2026", "2026-01-01"))
	for _, id := range []string{"c1", "c2", "c3"} {
		h = corrected(t, h, correction(id, "2026", "2026-02-02"))
	}
	one := corrected(t, h, correction("one", "2026", "2026-03-03"))
	two := corrected(t, h, correction("two", "2026", "2026-03-03"))
	if one.Corrections()[3].ID != "one" || two.Corrections()[3].ID != "two" || len(h.Corrections()) != 3 {
		t.Errorf("%s\n%s", text(t, one), text(t, two))
	}
	for _, from := range []string{"2027-01-01", "2028-01-01", "2029-01-01"} {
		decision, err := h.Add(version("v"+from, from), value.Date{})
		if err != nil || decision.Refused != nil {
			t.Fatalf("%v, %v", decision.Refused, err)
		}
		h = decision.History
	}
	before := text(t, h)
	if _, err := h.Add(version("early", "2026-04-01"), value.Date{}); err != nil || text(t, h) != before {
		t.Errorf("%s\nbecame\n%s, %v", before, text(t, h), err)
	}
}

// The caller owns the versions that it gave and the values that it gets.
func TestHistorySharesNothingWithItsArguments(t *testing.T) {
	v, c := version("2026", "2026-01-01"), correction("fix", "2026", "2026-02-02")
	h := corrected(t, newHistory(t, v), c)
	decision, err := h.Add(version("2027", "2027-01-01"), value.Date{})
	if err != nil {
		t.Fatal(err)
	}
	h = decision.History
	before := text(t, h)
	clear(v.Policy.RoleBased.Contributions)
	clear(c.Policy.RoleBased.Contributions)
	for _, v := range h.Versions() {
		clear(v.Policy.RoleBased.Contributions)
	}
	for _, c := range h.Corrections() {
		clear(c.Policy.RoleBased.Contributions)
	}
	clear(h.Versions())
	clear(h.Corrections())
	clear(h.Spans())
	if text(t, h) != before || len(h.Spans()) != 3 || h.Spans()[0].Plan == nil {
		t.Errorf("%s\nbecame\n%s", before, text(t, h))
	}
}

// Each version is compiled once. Adding another version keeps its plan.
func TestAddDoesNotCompileOldVersionsAgain(t *testing.T) {
	h := newHistory(t, version("2026", "2026-01-01"))
	decision, err := h.Add(version("2027", "2027-01-01"), value.Date{})
	if err != nil {
		t.Fatal(err)
	}
	later := corrected(t, decision.History, correction("fix", "2027", "2027-01-01"))
	if later.Spans()[0].Plan != h.Spans()[0].Plan || later.Spans()[1].Plan == decision.History.Spans()[1].Plan {
		t.Error("a plan was compiled anew, or the corrected one stayed")
	}
}
