package comms_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

func many(n int, format string) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf(format, i)
	}
	return list
}

func TestActivitiesAreRefused(t *testing.T) {
	good := mail("m", "Mon 10:00", ana, bo, dana)
	call := meeting("e", "Mon 10:00", "Mon 11:00", 0)
	quote := comms.Activity{ID: "o", Kind: comms.Quote, At: at("Mon 10:00"), Side: model.Partner,
		Offer: comms.Offer{Item: "suite", Quantity: 1, Price: value.MustMoney("1.00 USD")}}
	note := comms.Activity{ID: "n", Kind: comms.Note, At: at("Mon 10:00"), Side: model.Partner}
	prep := meeting("p", "Mon 10:00", "Mon 11:00", comms.PrepCall, comms.Agenda)
	const kinds = "; allowed are mail, meeting, call, note, question, answer, quote, notification, cancellation"
	for _, c := range []struct {
		name   string
		code   value.Code
		from   comms.Activity
		change func(*comms.Activity)
		want   []string
	}{
		{"no side", value.Code("comms.activity.side"), good, func(a *comms.Activity) { a.Side = 0 },
			[]string{"side: nothing is no side of the deal; allowed are partner, vendor"}},
		{"no time", value.Code("fact.instant"), good, func(a *comms.Activity) { a.At = time.Time{} },
			[]string{"at: nothing says when it happened"}},
		{"too early", value.Code("fact.instant"), good,
			func(a *comms.Activity) { a.At = time.Date(0, 12, 31, 23, 0, 0, 0, time.UTC) },
			[]string{"at: the year 0 is outside 1 to 9000"}},
		{"too late", value.Code("fact.instant"), call,
			func(a *comms.Activity) { a.End = time.Date(9001, 1, 1, 0, 0, 0, 0, time.UTC) },
			[]string{"end: the year 9001 is outside 1 to 9000"}},
		{"no id", value.Code("comms.activity.id"), good, func(a *comms.Activity) { a.ID = "" },
			[]string{"id: nothing is no id; give one of 1 to 998 bytes"}},
		{"long id", value.Code("comms.activity.id"), good, func(a *comms.Activity) { a.ID = strings.Repeat("x", 999) },
			[]string{`id: "` + strings.Repeat("x", 64) + `"… is no id; give one of 1 to 998 bytes`}},
		{"no kind", value.Code("comms.kind.unknown"), good, func(a *comms.Activity) { a.Kind = 0 },
			[]string{"kind: nothing is given" + kinds}},
		{"kind out of range", value.Code("comms.kind.unknown"), good, func(a *comms.Activity) { a.Kind = 10 },
			[]string{`kind: "number 10" is not known` + kinds}},
		{"ends before it starts", value.Code("comms.activity.end"), call, func(a *comms.Activity) { a.End = a.At.Add(-time.Second) },
			[]string{"end: 2026-11-02T09:59:59Z is before the start, 2026-11-02T10:00:00Z"}},
		{"no sender", value.Code("comms.activity.people"), good, func(a *comms.Activity) { a.From = "" },
			[]string{"from: nobody is named as the sender; a mail has one"}},
		{"no recipient", value.Code("comms.activity.people"), good, func(a *comms.Activity) { a.To = nil },
			[]string{"to: nobody is named; a mail has somebody beside its author"}},
		{"no participant", value.Code("comms.activity.people"), call, func(a *comms.Activity) { a.To = nil },
			[]string{"to: nobody is named; a meeting has somebody beside its author"}},
		{"10,000 recipients", value.Code("comms.activity.size"), good,
			func(a *comms.Activity) { a.To = many(10_000, "x%d@a.example") },
			[]string{"to: 10000 people are more than one activity takes, which is 1000"}},
		{"addresses", value.Code("comms.address.format"), good, func(a *comms.Activity) {
			a.From, a.To = "ana", []string{"@x", "x@", "a b@x", "<a@x>", "\xff@x", "ok@x"}
		},
			[]string{`from: "ana" is no mail address; write it like ana@acme.example, at most 320 bytes`,
				`to[0]: "@x" is no mail address; write it like ana@acme.example, at most 320 bytes`,
				`to[1]: "x@" is no mail address; write it like ana@acme.example, at most 320 bytes`,
				`to[2]: "a b@x" is no mail address; write it like ana@acme.example, at most 320 bytes`,
				`to[3]: "<a@x>" is no mail address; write it like ana@acme.example, at most 320 bytes`,
				`to[4]: "\xff@x" is no mail address; write it like ana@acme.example, at most 320 bytes`}},
		{"author of the other side", value.Code("comms.activity.side"), good, func(a *comms.Activity) { a.Side = model.Vendor },
			[]string{`side: "vendor" is not the side of "ana@acme.example", who is of the partner`}},
		{"fields of others", value.Code("comms.activity.field"), note, func(a *comms.Activity) {
			a.End, a.Refs, a.Purpose, a.Offer = a.At, []string{"x"}, comms.Sync, quote.Offer
		}, []string{"end: a value is given; a note has none", "refs: a value is given; a note has none",
			"purpose: a value is given; a note has none", "offer: a value is given; a note has none"}},
		{"fields of a note", value.Code("comms.activity.field"), good,
			func(a *comms.Activity) { a.Shared, a.About = true, []string{"x"} },
			[]string{"shared: a value is given; a mail has none", "about: a value is given; a mail has none"}},
		{"parts of nothing", value.Code("comms.activity.field"), call,
			func(a *comms.Activity) { a.Covers = []comms.Part{comms.Agenda} },
			[]string{"covers: a list of parts is given; only a prep and a debrief have them"}},
		{"a sync about a meeting", value.Code("comms.activity.field"), call,
			func(a *comms.Activity) { a.Purpose, a.About = comms.Sync, []string{"x"} },
			[]string{"about: a value is given; of meetings and calls only a prep and a debrief have it"}},
		{"parts of the other", value.Code("comms.part.unknown"), prep,
			func(a *comms.Activity) { a.Covers = []comms.Part{comms.Agenda, comms.Learned, 0, 9, 255} },
			[]string{`covers[1]: "learned" is no part of a prep; allowed are agenda, section_leads, key_messages, follow_ups`,
				"covers[2]: nothing is no part of a prep; allowed are agenda, section_leads, key_messages, follow_ups",
				"covers[3]: a number beyond the parts is no part of a prep; allowed are agenda, section_leads, key_messages, follow_ups",
				"covers[4]: a number beyond the parts is no part of a prep; allowed are agenda, section_leads, key_messages, follow_ups"}},
		{"purpose", value.Code("comms.purpose.unknown"), call, func(a *comms.Activity) { a.Purpose = 4 },
			[]string{`purpose: "number 4" is not known; allowed are sync, prep, debrief`}},
		{"answer of nothing", value.Code("comms.activity.about"), note, func(a *comms.Activity) { a.Kind = comms.Answer },
			[]string{"about: nothing says what this answer is about; name the ids"}},
		{"cancellation of nothing", value.Code("comms.activity.about"), note, func(a *comms.Activity) { a.Kind = comms.Cancellation },
			[]string{"about: nothing says what this cancellation is about; name the ids"}},
		{"empty reference", value.Code("comms.activity.id"), good, func(a *comms.Activity) { a.Refs = []string{"a", ""} },
			[]string{"refs[1]: nothing is no id; give one of 1 to 998 bytes"}},
		{"references", value.Code("comms.activity.size"), good, func(a *comms.Activity) { a.Refs = many(1001, "%d") },
			[]string{"refs: 1001 ids are more than one activity takes, which is 1000"}},
		{"about", value.Code("comms.activity.size"), note, func(a *comms.Activity) { a.About = many(1001, "%d") },
			[]string{"about: 1001 ids are more than one activity takes, which is 1000"}},
		{"covers", value.Code("comms.activity.size"), prep, func(a *comms.Activity) { a.Covers = slices.Repeat(a.Covers, 1001) },
			[]string{"covers: 1001 parts are more than one activity takes, which is 1000"}},
		{"subject", value.Code("comms.activity.size"), good, func(a *comms.Activity) { a.Subject = strings.Repeat("x", 4001) },
			[]string{"subject: 4001 bytes are more than a subject has, which is 4000"}},
		{"offer", value.Code("comms.activity.offer"), quote, func(a *comms.Activity) { a.Offer = comms.Offer{Months: -1} },
			[]string{"offer.item: nothing names no item; give 1 to 998 bytes",
				"offer.quantity: 0 is no quantity; give 1 to 1000000000",
				"offer.months: -1 is no term; give 0, for none, to 1000000000 months",
				"offer.price:  is no price; it is above zero, in a currency"}},
		{"many at once", value.Code("comms.activity.id"), comms.Activity{Kind: comms.Note}, func(*comms.Activity) {},
			[]string{"id: nothing is no id; give one of 1 to 998 bytes",
				"side: nothing is no side of the deal; allowed are partner, vendor",
				"at: nothing says when it happened"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			tracker, err := compiled(t).Track(plainDeal())
			if err != nil {
				t.Fatal(err)
			}
			a := c.from
			if err := tracker.Add(a); c.name != "many at once" && err != nil {
				t.Fatalf("the activity is bad before it is changed: %v", err)
			}
			a.ID = "2"
			if c.from.ID == "" {
				a.ID = ""
			}
			c.change(&a)
			wantError(t, tracker.Add(a), c.code, c.want...)
		})
	}
}

// comms.activity.size: what is as large as it may be is taken.
func TestActivitiesOfTheGreatestSizeAreTaken(t *testing.T) {
	most := comms.Activity{ID: "n", Kind: comms.Note, At: at("Mon 10:00"), Side: model.Partner,
		About: many(1000, "%d")}
	sent := mail("m", "Mon 10:00", ana, bo, dana)
	sent.Subject, sent.To, sent.Refs = strings.Repeat("x", 4000), many(1000, "x%d@a.example"), many(1000, "%d")
	prep := meeting("p", "Mon 10:00", "Mon 11:00", comms.PrepCall, comms.Agenda)
	prep.Covers = slices.Repeat(prep.Covers, 1000)
	tracker, err := compiled(t).Track(plainDeal())
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range []comms.Activity{most, sent, prep} {
		if err := tracker.Add(a); err != nil {
			t.Errorf("%s: %v", a.Kind, err)
		}
	}
}

// A second activity with the same id is ignored where its content is equal, and refused
// where it is not.
func TestAnIDWithOtherContentIsRefused(t *testing.T) {
	first := mail("m", "Mon 10:00", ana, bo, dana)
	first.Refs = []string{"a", "b"}
	again := first
	again.From, again.To, again.Refs = "ANA+x@acme.example", []string{dana, "Bo@us.example", dana},
		[]string{"b", "a", "b"}
	again.At = again.At.In(time.FixedZone("", 3600))
	tracker, err := compiled(t).Track(plainDeal())
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range []comms.Activity{first, again} {
		if err := tracker.Add(a); err != nil {
			t.Fatal(err)
		}
	}
	before := lines(tracker.Report(at("Fri 00:00")))
	for name, change := range map[string]func(*comms.Activity){
		"at":      func(a *comms.Activity) { a.At = a.At.Add(1) },
		"to":      func(a *comms.Activity) { a.To = []string{dana} },
		"from":    func(a *comms.Activity) { a.From = dana },
		"subject": func(a *comms.Activity) { a.Subject = "x" },
		"refs":    func(a *comms.Activity) { a.Refs = nil },
		"machine": func(a *comms.Activity) { a.Automatic = true },
		"kind":    func(a *comms.Activity) { *a = comms.Activity{ID: "m", Kind: comms.Note, At: a.At, Side: a.Side} },
	} {
		other := first
		change(&other)
		err := tracker.Add(other)
		if !errors.Is(err, comms.ActivityContradicts) {
			t.Errorf("another %s: %v", name, err)
		}
	}
	quote := comms.Activity{ID: "o", Kind: comms.Quote, At: at("Mon 10:00"), Side: model.Partner,
		Offer: comms.Offer{Item: "suite", Quantity: 1, Price: value.MustMoney("1.00 USD")}}
	prep := meeting("p", "Mon 10:00", "Mon 11:00", comms.PrepCall, comms.Agenda)
	for _, a := range []comms.Activity{quote, prep} {
		if err := tracker.Add(a); err != nil {
			t.Fatal(err)
		}
	}
	quote.Offer.Quantity = 2
	prep.Covers = allPrep()
	for _, a := range []comms.Activity{quote, prep} {
		if err := tracker.Add(a); !errors.Is(err, comms.ActivityContradicts) {
			t.Errorf("another %s: %v", a.Kind, err)
		}
	}
	wantLines(t, lines(tracker.Report(at("Fri 00:00"))), before...)
	_, err = compiled(t).Judge(plainDeal(),
		[]comms.Activity{first, {ID: "m", Kind: comms.Note, At: at("Mon 10:00"), Side: model.Partner}}, at("Fri 00:00"))
	wantError(t, err, comms.ActivityContradicts,
		`log[1].id: "m" is logged already, as a mail with other content; a moved meeting is cancelled and logged anew under another id`)
}

// Changes that the caller makes to its own values, or to a report, do not reach the tracker.
func TestTheCallerSharesNothingWithTheTracker(t *testing.T) {
	d := plainDeal()
	d.Holds = []value.Pause{{From: at("Mon+7 00:00")}}
	tracker, err := compiled(t).Track(d)
	if err != nil {
		t.Fatal(err)
	}
	a := mail("m", "Mon 10:00", ana, dana)
	if err := tracker.Add(a); err != nil {
		t.Fatal(err)
	}
	first := tracker.Report(at("Fri 00:00"))
	want := lines(first)
	a.To[0], d.People[0].Addresses[0], d.People[0].Name, d.Holds[0].From = bo, "x@x.example", "x", time.Time{}
	first.Findings[0].Reason.Paths()[0] = "x"
	first.Findings[0] = comms.Finding{}
	wantLines(t, lines(tracker.Report(at("Fri 00:00"))), want...)
	if err := tracker.SetFacts(comms.Facts{}); !errors.Is(err, value.Code("comms.deal.opened")) {
		t.Errorf("a bad change: %v", err)
	}
	swapped := plainDeal()
	swapped.People[0].Party, swapped.People[1].Party = swapped.People[1].Party, swapped.People[0].Party
	wantError(t, tracker.SetFacts(swapped), "comms.activity.side",
		`log."m".side: "partner" is not the side of "ana@acme.example", who is of the vendor`)
	wantLines(t, lines(tracker.Report(at("Fri 00:00"))), want...)
	if err := tracker.Add(mail("n", "Mon 11:00", ana, dana)); err != nil {
		t.Fatal(err)
	}
	if err := tracker.SetFacts(swapped); err == nil || !strings.Contains(err.Error(), `log."m".side`) || !strings.Contains(err.Error(), `log."n".side`) {
		t.Errorf("not each author of the other side is named: %v", err)
	}
}

func TestProblemsOfALogAreLimited(t *testing.T) {
	_, err := compiled(t).Judge(plainDeal(), slices.Repeat([]comms.Activity{{Kind: comms.Note}}, 2000), at("Fri 00:00"))
	if list, ok := err.(value.Errors); !ok || len(list) < 1000 || len(list) > 1002 {
		t.Errorf("%d problems", len(list))
	}
}

// Rules and trackers that nobody made refuse what they are given, and know nothing.
func TestRulesAndTrackersThatNobodyMadeAreRefused(t *testing.T) {
	var none *comms.Rules
	var nobodys *comms.Tracker
	note := comms.Activity{ID: "n", Kind: comms.Note, At: at("Mon 09:00"), Side: model.Partner}
	for _, r := range []*comms.Rules{none, {}, none.In(value.Workplace{})} {
		if _, err := r.Judge(plainDeal(), nil, at("Fri 00:00")); !errors.Is(err, value.Code("comms.rules.missing")) {
			t.Errorf("rules: %v", err)
		}
	}
	for _, tracker := range []*comms.Tracker{nobodys, {}} {
		for _, err := range []error{tracker.Add(note), tracker.SetFacts(plainDeal())} {
			if !errors.Is(err, value.Code("comms.rules.missing")) {
				t.Errorf("tracker: %v", err)
			}
		}
		if r := tracker.Report(at("Fri 00:00")); r.Findings != nil || r.Due != nil ||
			len(tracker.Interactions(at("Fri 00:00"))) > 0 {
			t.Errorf("an empty tracker reports %+v", r)
		}
	}
}
