package comms_test

import (
	"slices"
	"testing"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// following is a tracker with helpers for the tests.
type following struct {
	t *testing.T
	*comms.Tracker
}

func follow(t *testing.T, deal comms.Facts, log ...comms.Activity) following {
	t.Helper()
	tracker, err := compiled(t).Track(deal)
	if err != nil {
		t.Fatal(err)
	}
	f := following{t, tracker}
	f.add(log...)
	return f
}

func (f following) add(log ...comms.Activity) {
	f.t.Helper()
	for _, a := range log {
		if err := f.Add(a); err != nil {
			f.t.Fatal(err)
		}
	}
}

// count returns the number of findings and due items of a rule.
func (f following) count(code value.Code, when time.Time) [2]int {
	var n [2]int
	r := f.Report(when)
	for _, x := range r.Findings {
		if x.Reason.Code() == code {
			n[0]++
		}
	}
	for _, x := range r.Due {
		if x.Reason.Code() == code {
			n[1]++
		}
	}
	return n
}

func (f following) want(code value.Code, when time.Time, found, due int) {
	f.t.Helper()
	if got := f.count(code, when); got != [2]int{found, due} {
		f.t.Errorf("%s at %s: %d findings and %d due, want %d and %d", code, when, got[0], got[1], found, due)
	}
}

// A duty is due up to its very end and broken right after it, without any activity in
// between.
func TestDutiesBreakByTimeAlone(t *testing.T) {
	active := plainDeal()
	active.ModelSet = at("Mon 09:00")
	plain := plainDeal()
	late := plainDeal()
	late.Agreed = time.Time{}
	met := meeting("e", "Wed 10:00", "Wed 11:00", 0)
	for _, c := range []struct {
		code value.Code
		deal comms.Facts
		log  comms.Activity
		last time.Time // the last moment at which it is in time
	}{
		{comms.Notify, plain, mail("m", "Mon 10:00", ana, dana), at("Mon 11:00")},
		{comms.Response, plain, comms.Activity{ID: "q", Kind: comms.Question, At: at("Mon 10:00"), Side: model.Partner},
			at("Tue 10:00")},
		{comms.SharedNotes, plain, comms.Activity{ID: "n", Kind: comms.Note, At: at("Mon 10:00"), Side: model.Partner,
			Shared: true}, at("Tue 10:00")},
		{comms.WeeklySync, active, meeting("s", "Thu 10:00", "Thu 10:15", comms.Sync), at("Fri+7 00:00").Add(-1)},
		{comms.Prep, plain, met, at("Wed 10:00").Add(-1)},
		{comms.OneMessage, late, met, at("Wed 10:00").Add(-1)},
		{comms.Debrief, plain, met, at("Fri 00:00").Add(-1)},
	} {
		f := follow(t, c.deal, c.log)
		f.want(c.code, c.last.Add(-time.Minute), 0, 1)
		f.want(c.code, c.last, 0, 1)
		f.want(c.code, c.last.Add(1), 1, 0)
		f.want(c.code, c.last, 0, 1)
	}
}

// A hold ends the time in which syncs are due, without any activity.
func TestAHoldEndsTheWaitForASync(t *testing.T) {
	d := plainDeal()
	d.ModelSet, d.Ended = at("Tue 00:00"), at("Mon+21 00:00")
	d.Holds = []value.Pause{{From: at("Thu 00:00"), Until: at("Mon+7 00:00")}}
	f := follow(t, d)
	f.want(comms.WeeklySync, at("Mon 12:00"), 0, 0)
	f.want(comms.WeeklySync, at("Tue 00:00"), 0, 1)
	f.want(comms.WeeklySync, at("Thu 00:00"), 0, 0)
	f.want(comms.WeeklySync, at("Mon+7 00:00"), 0, 1)
	f.want(comms.WeeklySync, at("Tue+14 00:00"), 1, 0)
	if r := f.Report(at("Tue+21 00:00")); len(r.Due) != 0 || len(r.Findings) != 1 ||
		!r.Findings[0].Until.Equal(d.Ended) {
		t.Errorf("after the end: %+v", r)
	}
}

// An activity that arrives late changes the verdicts that it concerns.
func TestAnActivityMayArriveLate(t *testing.T) {
	active := plainDeal()
	active.ModelSet = at("Mon 00:00")
	f := follow(t, active, meeting("s1", "Mon 10:00", "Mon 10:15", comms.Sync),
		meeting("s2", "Thu+7 10:00", "Thu+7 10:15", comms.Sync))
	f.want(comms.WeeklySync, at("Thu+7 12:00"), 1, 1)
	f.add(meeting("s0", "Sat 10:00", "Sat 10:15", comms.Sync))
	f.want(comms.WeeklySync, at("Thu+7 12:00"), 0, 1)

	// A debrief that names no meeting serves the last one before it.
	f = follow(t, plainDeal(), meeting("e1", "Mon 10:00", "Mon 11:00", 0),
		meeting("d", "Mon 16:00", "Mon 16:15", comms.DebriefCall, allDebrief()...))
	f.want(comms.Debrief, at("Fri 00:00"), 0, 0)
	f.add(meeting("e2", "Mon 14:00", "Mon 15:00", 0))
	f.want(comms.Debrief, at("Fri 00:00"), 1, 0)

	// A prep that names no meeting serves the next one after it.
	f = follow(t, plainDeal(), meeting("e2", "Mon 14:00", "Mon 15:00", 0),
		meeting("p", "Mon 09:00", "Mon 09:30", comms.PrepCall, allPrep()...))
	f.want(comms.Prep, at("Fri 00:00"), 0, 0)
	f.add(meeting("e1", "Mon 10:00", "Mon 11:00", 0))
	f.want(comms.Prep, at("Fri 00:00"), 1, 0)
}

// A prep that is cancelled is due again, at an instant before the one that the
// tracker waited for.
func TestACancelledPrepIsDueAgain(t *testing.T) {
	f := follow(t, plainDeal(), meeting("e", "Wed 10:00", "Wed 11:00", 0),
		meeting("p", "Mon 09:00", "Mon 09:30", comms.PrepCall, allPrep()...))
	f.want(comms.Prep, at("Mon 10:00"), 0, 0)
	f.add(comms.Activity{ID: "x", Kind: comms.Cancellation, At: at("Mon 12:00"), Side: model.Partner,
		About: []string{"p"}})
	f.want(comms.Prep, at("Tue 10:00"), 0, 1)
	f.want(comms.Prep, at("Wed 10:00"), 1, 0)
}

// The debriefs that did not cover all parts are listed by their ends, whether they name the
// meeting or not.
func TestDebriefsAreListedByTheirEnds(t *testing.T) {
	named := meeting("d2", "Wed 12:10", "Wed 12:20", comms.DebriefCall, comms.Learned)
	named.About = []string{"e"}
	f := follow(t, plainDeal(), meeting("e", "Wed 10:00", "Wed 11:00", 0),
		meeting("d1", "Wed 12:00", "Wed 13:00", comms.DebriefCall, comms.NextSteps),
		meeting("d0", "Wed 11:30", "Wed 12:15", comms.DebriefCall, comms.NextSteps), named)
	for _, x := range f.Report(at("Sat 00:00")).Findings {
		if x.Reason.Code() == comms.Debrief && (!slices.Equal(x.Reason.Paths(), []string{"e", "d0", "d2", "d1"}) ||
			!slices.Equal(x.Missing(), []string{"plan_updated", "issues_flagged"})) {
			t.Errorf("the calls %v left %v open", x.Reason.Paths(), x.Missing())
		}
	}
	f.want(comms.Debrief, at("Sat 00:00"), 1, 0)
}

// Threads that are joined twice keep their mails: their days, their first and last
// one, and whether the other side was on any of them.
func TestJoinedThreadsKeepTheirMails(t *testing.T) {
	refs := func(a comms.Activity, ids ...string) comms.Activity { a.Refs = ids; return a }
	between := func(id, when string, ids ...string) comms.Activity { return refs(mail(id, when, ana, bo), ids...) }
	large := []string{"r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8"}
	f := follow(t, plainDeal(), refs(mail("p", "Mon 10:00", ana, dana), large...), mail("v", "Mon 11:00", bo, dana))
	f.want(comms.DuplicateOutreach, at("Mon 12:00"), 1, 0)
	f.add(between("j1", "Mon 13:00", "s1", "s2", "s3", "v"))
	f.want(comms.DuplicateOutreach, at("Mon 14:00"), 1, 0)
	f.add(between("j2", "Mon 15:00", "j1", "r1"))
	f.want(comms.DuplicateOutreach, at("Mon 16:00"), 0, 0)
	f.want(comms.SeparateStream, at("Mon 16:00"), 0, 0)

	f = follow(t, plainDeal(), refs(mail("p", "Tue 10:00", ana, dana), large...), mail("q", "Mon 10:00", ana, dana),
		refs(mail("r", "Wed 10:00", ana, dana), "q"))
	f.want(comms.SeparateStream, at("Wed 12:00"), 2, 0)
	f.add(between("j", "Wed 13:00", "q", "r1"))
	f.want(comms.SeparateStream, at("Wed 14:00"), 1, 0)
	for _, x := range f.Report(at("Wed 14:00")).Findings {
		if x.Reason.Code() == comms.SeparateStream && !slices.Equal(x.Reason.Paths(), []string{"q", "r"}) {
			t.Errorf("the joined thread goes from %v", x.Reason.Paths())
		}
	}

	f = follow(t, plainDeal(), refs(mail("p", "Tue 10:00", ana, dana), large...), mail("q", "Mon 10:00", ana, bo, dana))
	f.want(comms.SeparateStream, at("Wed 12:00"), 1, 0)
	f.add(between("j", "Wed 13:00", "q", "r1"))
	f.want(comms.SeparateStream, at("Wed 14:00"), 0, 0)
}

// A change of people counts for activities that were logged before it.
func TestChangedPeopleAreSeenOnEarlierActivities(t *testing.T) {
	deal := plainDeal()
	deal.People = append(deal.People, comms.Correspondent{Name: "al", Party: model.PartnerOrg("acme"),
		Addresses: []string{"al@acme.example"}})
	deal.People[0].Lead = true
	log := []comms.Activity{mail("1", "Tue 09:00", bo, ana, dana), mail("2", "Wed 09:00", bo, "al@acme.example", dana)}
	for name, change := range map[string]func([]comms.Correspondent){
		"nothing":  func([]comms.Correspondent) {},
		"name":     func(p []comms.Correspondent) { p[0].Name = "anna" },
		"prospect": func(p []comms.Correspondent) { p[2].Prospect, p[2].Party = false, model.VendorOrg("us") },
		"side":     func(p []comms.Correspondent) { p[3].Party = model.VendorOrg("us"); p[1].Lead = true },
		"lead":     func(p []comms.Correspondent) { p[0].Lead, p[3].Lead = false, true },
		"address":  func(p []comms.Correspondent) { p[0].Addresses = []string{"ana@acme.test"} },
		"from":     func(p []comms.Correspondent) { p[0].From = at("Wed 00:00") },
		"until":    func(p []comms.Correspondent) { p[1].Until = at("Wed 00:00") },
		"case":     func(p []comms.Correspondent) { p[0].Addresses = []string{" ANA+x@acme.example"} },
	} {
		changed := deal
		changed.People = slices.Clone(deal.People)
		change(changed.People)
		tracker, err := compiled(t).Track(deal)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range log {
			if err := tracker.Add(a); err != nil {
				t.Fatal(err)
			}
		}
		if err := tracker.SetFacts(changed); err != nil {
			t.Fatal(name, err)
		}
		same := slices.Equal(lines(report(t, deal, at("Fri 00:00"), log...)),
			lines(report(t, changed, at("Fri 00:00"), log...)))
		if same != (name == "nothing" || name == "case") {
			t.Errorf("a change of %s shows: %v", name, !same)
		}
		wantLines(t, lines(tracker.Report(at("Fri 00:00"))), lines(report(t, changed, at("Fri 00:00"), log...))...)
	}
}

// On hold the terms of comm.response stand still: nothing is due, and what was left is left afterwards.
func TestTermsStandStillOnHold(t *testing.T) {
	d := plainDeal()
	d.Holds = []value.Pause{{From: at("Tue 08:00"), Until: at("Mon+7 09:00")}}
	tracker, err := compiled(t).Track(d)
	if err != nil {
		t.Fatal(err)
	}
	question := comms.Activity{ID: "q", Kind: comms.Question, At: at("Mon 09:00"), Side: model.Partner, Subject: "SSO?"}
	if err := tracker.Add(question); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		asOf, due string
		late      bool
	}{
		{"Mon 10:00", "Tue 09:00", false}, {"Tue 08:00", "", false}, {"Fri 09:00", "", false},
		{"Mon+7 09:00", "Mon+7 10:00", false}, {"Mon+7 10:00:01", "", true},
	} {
		report := tracker.Report(at(c.asOf))
		if len(report.Findings) > 0 != c.late || (c.due != "") != (len(report.Due) > 0) ||
			c.due != "" && !report.Due[0].At.Equal(at(c.due)) {
			t.Errorf("comm.response as of %s: %v, %v", c.asOf, report.Findings, report.Due)
		}
	}
}
