package comms_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// at is an instant of a week that begins on Monday, 2 November 2026, in UTC:
// "Mon 09:00", "Wed+7 12:30".
func at(s string) time.Time {
	day, clock, _ := strings.Cut(s, " ")
	name, weeks, later := strings.Cut(day, "+")
	hour, err := time.Parse("15:04:05", clock)
	if err != nil {
		if hour, err = time.Parse("15:04", clock); err != nil {
			panic(err)
		}
	}
	n := slices.Index([]string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}, name)
	if later {
		n += map[string]int{"7": 7, "14": 14, "21": 21}[weeks]
	}
	return time.Date(2026, 11, 2+n, hour.Hour(), hour.Minute(), hour.Second(), 0, time.UTC)
}

const (
	ana  = "ana@acme.example"
	bo   = "bo@us.example"
	dana = "dana@calder.example"
)

// plainDeal is a deal of one rep a side that opened on Monday.
func plainDeal() comms.Facts {
	return comms.Facts{Opened: at("Mon 00:00"), Size: model.Standard, Agreed: at("Mon 00:00"), People: []comms.Correspondent{
		{Name: "ana", Party: model.PartnerOrg("acme"), Addresses: []string{ana}},
		{Name: "bo", Party: model.VendorOrg("us"), Addresses: []string{bo}},
		{Prospect: true, Addresses: []string{"@calder.example"}},
	}}
}

func compiled(t *testing.T) *comms.Rules {
	t.Helper()
	rules, err := comms.Compile(comms.DefaultPolicy())
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// report checks a log of a deal.
func report(t *testing.T, deal comms.Facts, asOf time.Time, log ...comms.Activity) comms.Report {
	t.Helper()
	r, err := compiled(t).Judge(deal, log, asOf)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// lines shows the findings of a report, those of some rules alone where they are named.
func lines(r comms.Report, codes ...value.Code) []string {
	var list []string
	for _, f := range r.Findings {
		if len(codes) == 0 || slices.Contains(codes, f.Reason.Code()) {
			list = append(list, f.Reason.String())
		}
	}
	return list
}

func wantLines(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// wantError compares the problems of an error, in any order.
func wantError(t *testing.T, err error, code value.Code, want ...string) {
	t.Helper()
	if !errors.Is(err, code) {
		t.Errorf("%v has no %s", err, code)
	}
	var got []string
	switch e := err.(type) {
	case nil:
	case value.Errors:
		for _, one := range e {
			got = append(got, one.Error())
		}
	default:
		got = []string{err.Error()}
	}
	slices.Sort(got)
	slices.Sort(want)
	wantLines(t, got, want...)
}

func mail(id, when, from string, to ...string) comms.Activity {
	side := model.Partner
	if strings.HasSuffix(from, "us.example") {
		side = model.Vendor
	}
	return comms.Activity{ID: id, Kind: comms.Mail, At: at(when), Side: side, From: from, To: to, Subject: "Offer " +
		id}
}

func meeting(id, when, end string, purpose comms.Purpose, covers ...comms.Part) comms.Activity {
	a := comms.Activity{ID: id, Kind: comms.Meeting, At: at(when), End: at(end), Side: model.Partner, From: ana,
		To: []string{bo}, Purpose: purpose, Covers: covers}
	if purpose == 0 {
		a.To = []string{bo, dana}
	}
	return a
}

func allPrep() []comms.Part {
	return []comms.Part{comms.Agenda, comms.SectionLeads, comms.KeyMessages, comms.FollowUps}
}

func allDebrief() []comms.Part {
	return []comms.Part{comms.Learned, comms.NextSteps, comms.PlanUpdated, comms.IssuesFlagged}
}
