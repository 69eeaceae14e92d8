package timeline_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/timeline"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

func TestNewReportsMalformedVersions(t *testing.T) {
	unpriced := version("b", "2026-04-01")
	unpriced.Policy.RoleBased.Contributions[comp.TechnicalValidation] = value.MustPercent("130%")
	for _, c := range []struct {
		name     string
		versions []timeline.Version
		code     value.Code
		want     []string
	}{
		{"none", nil, timeline.VersionsMissing, []string{"history.versions: 0 versions are given; a history has 1 to 400"}},
		{"too many", make([]timeline.Version, 1_000_000), timeline.VersionsMissing, []string{"history.versions: more than 400 versions are given; a history has 1 to 400"}},
		{"overlap", []timeline.Version{ending(version("a", "2026-01-01"), "2026-09-30"), version("b", "2026-04-01")}, value.Code("history.overlap"),
			[]string{"history.versions[1].from: 2026-04-01 lies inside versions[0], which lasts to 2026-09-30; one version is in force on a day"}},
		{"overlap by a day", []timeline.Version{ending(version("a", "2026-01-01"), "2026-06-30"), version("b", "2026-06-30")}, value.Code("history.overlap"), []string{
			"history.versions[1].from: 2026-06-30 lies inside versions[0], which lasts to 2026-06-30; one version is in force on a day",
			"history.versions[1].from: 2026-06-30 lies inside the fiscal quarter 2026-04-01 to 2026-06-30; the next legal date is 2026-07-01"}},
		{"gap", []timeline.Version{ending(version("a", "2026-01-01"), "2026-03-31"), version("b", "2026-07-01")}, value.Code("history.gap"),
			[]string{"history.versions[1].from: 2026-07-01 leaves 2026-04-01 to 2026-06-30 without a version; versions[0] lasts to 2026-03-31"}},
		{"comp.quarter_lock", []timeline.Version{version("a", "2026-01-13"), version("b", "2026-11-15")}, timeline.QuarterLock,
			[]string{"history.versions[1].from: 2026-11-15 lies inside the fiscal quarter 2026-10-01 to 2026-12-31; the next legal date is 2027-01-01"}},
		{"comp.quarter_lock at the end", []timeline.Version{version("a", "2026-01-01"), version("b", "9999-12-31")}, timeline.QuarterLock,
			[]string{"history.versions[1].from: 9999-12-31 lies inside the fiscal quarter 9999-10-01 to 9999-12-31; there is no later legal date"}},
		{"comp.quarter_lock of an end", []timeline.Version{ending(version("a", "2026-01-01"), "2026-03-30"), version("b", "2026-03-31")}, timeline.QuarterLock, []string{
			"history.versions[0].to: 2026-03-30 lies inside the fiscal quarter 2026-01-01 to 2026-03-31; a version lasts to the end of a quarter",
			"history.versions[1].from: 2026-03-31 lies inside the fiscal quarter 2026-01-01 to 2026-03-31; the next legal date is 2026-04-01"}},
		{"same date", []timeline.Version{version("a", "2026-01-01"), version("b", "2026-01-01")}, timeline.SameDate,
			[]string{"history.versions[1].from: 2026-01-01 is also the day on which versions[0] begins; one version begins on a day"}},
		{"order", []timeline.Version{version("a", "2026-04-01"), version("b", "2026-01-01")}, timeline.Order,
			[]string{"history.versions[1].from: 2026-01-01 is before versions[0], which begins on 2026-04-01; order versions by their dates"}},
		{"same id", []timeline.Version{version("a", "2026-01-01"), version("a", "2026-04-01")}, timeline.ID,
			[]string{`history.versions[1].id: "a" is the id of versions[0] already`}},
		{"no id", []timeline.Version{version("", "2026-01-01"), version(strings.Repeat("x", 257), "2026-04-01"), version("\xff", "2026-07-01")}, timeline.ID,
			[]string{"history.versions[0].id: nothing stands here; a text of 1 to 256 bytes of UTF-8 is needed", "history.versions[1].id: *", `history.versions[2].id: "\xff" is not a text*`}},
		{"no date", []timeline.Version{version("a", ""), version("b", "2026-02-01"), version("c", "")}, value.Code("history.date"), []string{
			"history.versions[0].from: nothing stands here; the value is needed",
			"history.versions[2].from: nothing stands here; the value is needed",
			"history.versions[1].from: 2026-02-01 lies inside the fiscal quarter 2026-01-01 to 2026-03-31; the next legal date is 2026-04-01"}},
		{"an end before", []timeline.Version{ending(version("a", "2026-04-01"), "2026-03-31")}, value.Code("history.overlap"),
			[]string{"history.versions[0].to: 2026-03-31 is before the version begins, 2026-04-01"}},
		{"policy", []timeline.Version{version("a", "2026-01-01"), unpriced}, value.PercentAbove,
			[]string{"history.versions[1].policy.role_based.contributions.technical_validation: 130% is above 100%"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			h, err := timeline.New(timeline.DefaultTerms(), c.versions...)
			wantError(t, err, c.code, c.want...)
			if len(h.Versions()) > 0 || len(h.Spans()) > 0 {
				t.Errorf("beside the error stands %v", spans(h))
			}
		})
	}
}

func TestRefusesMalformedTerms(t *testing.T) {
	_, err := timeline.New(timeline.Terms{DatedBy: 3}, version("a", "2026-01-01"), version("b", "2026-02-02"))
	wantError(t, err, "comp.fiscal_year.start", "history.fiscal_year: nothing is given; *", `history.dated_by: "number 3" is not known; allowed are closing, registration`)
	if !errors.Is(err, value.Code("history.basis.unknown")) {
		t.Error(err)
	}
	for _, name := range []string{"", "Closing", "won"} {
		if b, err := named[timeline.Basis](name); !errors.Is(err, value.Code("history.basis.unknown")) || b != 0 {
			t.Errorf("%q: %v, %v", name, b, err)
		}
	}
	if timeline.Basis(0).String() != "" || timeline.Basis(9).String() != "" {
		t.Error("what is no basis has a name")
	}
}

func TestCorrectReportsMalformedCorrections(t *testing.T) {
	base := newHistory(t, version("2026", "2026-01-01"), ending(version("2027", "2027-01-01"), "2027-06-30"))
	base = corrected(t, base, correction("fix", "2026", "2026-02-02"))
	for _, c := range []struct {
		name   string
		change func(*timeline.Correction)
		code   value.Code
		want   []string
	}{
		{"everything is missing", func(c *timeline.Correction) { *c = timeline.Correction{} }, value.Code("correction.reason"), []string{
			"history.correction.id: nothing *", "history.correction.from: nothing *",
			"history.correction.policy.model: nothing *", "history.correction.policy.joint_origin: nothing *",
			"history.correction.policy.joint_primary: nothing *", "history.correction.policy.rounding: nothing *",
			"history.correction.policy.origination.influenced: nothing *",
			"history.correction.reason: nothing *",
			"history.correction.approved.by.name: nothing *", "history.correction.approved.by.party.side: nothing *", "history.correction.approved.at: nothing *",
			"history.correction.corrects: nothing is the id of no version; write that of a version"}},
		{"no approver", func(c *timeline.Correction) { c.Approved.By = model.Person{} }, value.Code("agreement.by"),
			[]string{"history.correction.approved.by.name: nothing names the person", "history.correction.approved.by.party.side: *"}},
		{"no instant", func(c *timeline.Correction) { c.Approved.At = time.Time{} }, model.AgreementAt, []string{"history.correction.approved.at: nothing *"}},
		{"a year before the first", func(c *timeline.Correction) { c.Approved.At = time.Date(0, 12, 31, 23, 59, 59, 0, time.UTC) }, "fact.instant",
			[]string{"history.correction.approved.at: the year 0 is outside 1 to 9000"}},
		{"a year", func(c *timeline.Correction) { c.Approved.At = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) }, "fact.instant",
			[]string{"history.correction.approved.at: the year 10000 is outside 1 to 9000"}},
		{"a long name", func(c *timeline.Correction) {
			c.Approved.By.Name, c.Approved.By.Party.Org = strings.Repeat("x", 257), strings.Repeat("y", 257)
		}, value.Code("correction.approval"),
			[]string{"history.correction.approved.by.name: *", "history.correction.approved.by.party.org: *"}},
		{"a broken name", func(c *timeline.Correction) { c.Approved.By.Party.Org = "\xff" }, "fact.text", []string{"history.correction.approved.by.party.org: *"}},
		{"approved before", func(c *timeline.Correction) { c.Approved.At = c.Approved.At.Add(-1) }, timeline.Order,
			[]string{"history.correction.approved.at: 2026-11-23T09:29:59.999999999Z is before the approval of the correction above it, 2026-11-23T09:30:00Z"}},
		{"a broken reason", func(c *timeline.Correction) { c.Reason = "\xff" }, value.Code("correction.reason"), []string{"history.correction.reason: *"}},
		{"a blank reason", func(c *timeline.Correction) { c.Reason = " \n" }, value.Code("correction.reason"), []string{"history.correction.reason: nothing says what the error was"}},
		{"a long reason", func(c *timeline.Correction) { c.Reason = strings.Repeat("x", 1001) }, value.Code("correction.reason"), []string{"history.correction.reason: *"}},
		{"the same id", func(c *timeline.Correction) { c.ID = "2027" }, timeline.ID, []string{`history.correction.id: "2027" is the id of versions[1] already`}},
		{"the same id as another", func(c *timeline.Correction) { c.ID = "fix" }, timeline.ID, []string{`history.correction.id: "fix" is the id of corrections[0] already`}},
		{"of nothing", func(c *timeline.Correction) { c.Corrects = "2028" }, value.Code("correction.of"), []string{`history.correction.corrects: "2028" is the id of no version; write that of a version`}},
		{"of a correction", func(c *timeline.Correction) { c.Corrects = "fix" }, value.Code("correction.of"), []string{`history.correction.corrects: "fix" is the id of no version; write that of a version`}},
		{"before its version", func(c *timeline.Correction) { c.From = day("2025-12-31") }, value.Code("correction.range"),
			[]string{`history.correction.from: 2025-12-31 is no day of version "2026", which lasts from 2026-01-01 to 2026-12-31`}},
		{"behind its version", func(c *timeline.Correction) { c.From = day("2027-01-01") }, value.Code("correction.range"),
			[]string{`history.correction.from: 2027-01-01 is no day of version "2026", which lasts from 2026-01-01 to 2026-12-31`}},
		{"behind a stated end", func(c *timeline.Correction) { c.Corrects, c.From = "2027", day("2027-07-01") }, value.Code("correction.range"),
			[]string{`history.correction.from: 2027-07-01 is no day of version "2027", which lasts from 2027-01-01 to 2027-06-30`}},
		{"policy", func(c *timeline.Correction) { c.Policy.Rounding = 9 }, value.Code("rounding.unknown"), []string{"history.correction.policy.rounding: *"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			change := correction("b", "2026", "2026-03-03")
			c.change(&change)
			h, err := base.Correct(change)
			wantError(t, err, c.code, c.want...)
			if !sameHistory(t, h, base) {
				t.Errorf("beside the error stands %s", text(t, h))
			}
		})
	}
	if _, err := (timeline.History{}).Correct(correction("c", "2026", "2026-01-01")); !errors.Is(err, timeline.VersionsMissing) {
		t.Errorf("no history: %v", err)
	}
}

// Texts of the greatest length are taken. Instants become UTC without a monotonic reading.
func TestTextsAtTheirLimits(t *testing.T) {
	v := version(strings.Repeat("v", 256), "2026-01-01")
	c := correction(strings.Repeat("c", 256), v.ID, "2026-01-01")
	c.Reason = strings.Repeat("r", 1000)
	c.Approved.By = model.Person{Name: strings.Repeat("n", 256), Party: model.VendorOrg(strings.Repeat("o", 256))}
	c.Approved.At = time.Now().In(time.FixedZone("east", 3600))
	h := corrected(t, newHistory(t, v), c)
	if at := h.Corrections()[0].Approved.At; at.Location() != time.UTC || at != at.Round(0) || !at.Equal(c.Approved.At) {
		t.Errorf("approved at %v, given %v", at, c.Approved.At)
	}
	if back, err := timeline.Parse([]byte(text(t, h))); err != nil || !sameHistory(t, back, h) {
		t.Errorf("read back: %v", err)
	}
}

func TestHistoryAtItsLimits(t *testing.T) {
	versions := make([]timeline.Version, 400)
	q := comp.FiscalYear{Start: time.January}.Quarter(day("2000-01-01"))
	for i := range versions {
		versions[i] = timeline.Version{ID: fmt.Sprint("v", i), From: q.First(), Policy: comp.DefaultPolicy()}
		q = q.Next()
	}
	h := newHistory(t, versions...)
	if _, err := h.Add(timeline.Version{ID: "b", From: q.First(), Policy: comp.DefaultPolicy()}, value.Date{}); !errors.Is(err, timeline.VersionsMissing) {
		t.Errorf("version 401: %v", err)
	}
	for i := range 400 {
		h = corrected(t, h, correction(fmt.Sprint("c", i), versions[i/2].ID, versions[i/2].From.String()))
	}
	if _, err := h.Correct(correction("b", "v0", "2000-01-01")); !errors.Is(err, value.Code("history.corrections.count")) {
		t.Errorf("correction 401: %v", err)
	}
	back, err := timeline.Parse([]byte(text(t, h)))
	if err != nil || !sameHistory(t, back, h) {
		t.Errorf("read back: %v", err)
	}
	again := strings.Replace(text(t, h), `"corrections":[`, `"corrections":[{"id":"b","corrects":"v0","from":"2000-01-01","policy":`+policyText(t)+
		`,"reason":"r","approved":{"by":{"name":"n","party":{"side":"vendor","org":"us"}},"at":"2026-01-01T00:00:00Z"}},`, 1)
	_, err = timeline.Parse([]byte(again))
	wantError(t, err, "history.corrections.count", "history.corrections: more than 400 elements are too many for this list")
	if in, err := h.On(day("2050-01-01")); err != nil || in.Version != "v200" || in.Correction != "" {
		t.Errorf("%+v, %v", in, err)
	}
}
