package comms_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const (
	ira  = "ira@integra.example"
	rosa = "rosa@resell.example"
)

// wideDeal is a plain deal with an integrator and a reseller, who is in front of the prospect.
func wideDeal() comms.Facts {
	d := plainDeal()
	d.Others = []model.Participant{{Party: model.PartnerOrg("integra"), Function: model.Integration},
		{Party: model.PartnerOrg("resell"), Function: model.Resale, Front: true}}
	d.People = append(d.People,
		comms.Correspondent{Name: "ira", Party: d.Others[0].Party, Addresses: []string{ira}},
		comms.Correspondent{Name: "rosa", Party: d.Others[1].Party, Addresses: []string{rosa}})
	return d
}

// party.outside: a participant writes to the prospect only where it is in front of it.
func TestAParticipantWritesToTheProspectOnlyInFront(t *testing.T) {
	answer := mail("b", "Mon 10:30", rosa, ana, bo, dana)
	answer.Refs = []string{"a"}
	r := report(t, wideDeal(), at("Tue 12:00"), mail("a", "Mon 10:00", ana, bo, dana), answer,
		mail("c", "Tue 10:00", ira, dana), mail("d", "Tue 11:00", ira, ana))
	wantLines(t, lines(r), `partner integra wrote to the prospect, "Offer c", and is not in front of it`)
	if f := r.Findings[0]; f.Reason.Code() != "party.outside" || f.Side != model.Partner ||
		!slices.Equal(f.Reason.Paths(), []string{"c"}) || !f.Since.Equal(at("Tue 10:00")) {
		t.Errorf("%+v", f)
	}
}

// party.front: the rules of two sides are those of the vendor and the partner that leads; a participant's rep stands
// for neither, leads neither, owes no answer and gets none.
func TestAParticipantStandsForNeitherSide(t *testing.T) {
	ask := comms.Activity{ID: "q", Kind: comms.Question, At: at("Mon 09:00"), Side: model.Partner, From: ira,
		To: []string{bo}}
	visit := comms.Activity{ID: "v", Kind: comms.Meeting, At: at("Wed 09:00"), End: at("Wed 10:00"), Side: model.Partner,
		From: ira, To: []string{dana}}
	r := report(t, wideDeal(), at("Fri+7 12:00"), ask, visit)
	wantLines(t, lines(r))
	r = report(t, wideDeal(), at("Mon 11:00"), mail("a", "Mon 10:00", bo, rosa, dana))
	wantLines(t, lines(r, comms.SingleThread),
		`the vendor's mail "Offer a" to the prospect went without the partner's lead rep "ana" on it`)
	tracker, err := compiled(t).Track(wideDeal())
	if err != nil {
		t.Fatal(err)
	}
	if err := tracker.Add(visit); err != nil {
		t.Fatal(err)
	}
	if found := tracker.Interactions(at("Fri 12:00")); len(found) != 0 {
		t.Errorf("neither side was there: %v", found)
	}
	met := tracker.Met(at("Fri 12:00"))
	if len(met) != 1 || met[0].ID != "v" || !met[0].Further(0) || met[0].Further(1) || met[0].Further(-1) ||
		met[0].Further(64) || met[0].Partner {
		t.Errorf("the integrator was there: %+v", met)
	}
	if err := tracker.Add(comms.Activity{ID: "x", Kind: comms.Cancellation, At: at("Tue 09:00"), Side: model.Partner,
		From: ira, About: []string{"v"}}); err != nil || len(tracker.Met(at("Fri 12:00"))) != 0 ||
		len((*comms.Tracker)(nil).Met(at("Fri 12:00"))) != 0 {
		t.Errorf("a meeting that was cancelled was none: %v", err)
	}
}

// comm.one_price holds between any two parties.
func TestPricesOfParticipantsAreCompared(t *testing.T) {
	quote := func(id, from string, side model.Side, price string) comms.Activity {
		return comms.Activity{ID: id, Kind: comms.Quote, At: at("Mon 09:00").Add(time.Duration(len(id)) * time.Hour),
			Side: side, From: from, Offer: comms.Offer{Item: "seat", Quantity: 5, Months: 12,
				Price: value.MustMoney(price)}}
	}
	r := report(t, wideDeal(), at("Tue 12:00"), quote("a", ana, model.Partner, "10.00 USD"),
		quote("aa", bo, model.Vendor, "10.00 USD"), quote("aaa", rosa, model.Partner, "10.00 USD"),
		quote("aaaa", ira, model.Partner, "11.00 USD"), quote("aaaaa", ira, model.Partner, "9.00 EUR"))
	wantLines(t, lines(r),
		`for 5 × "seat" the partner quotes 10.00 USD and the partner integra 11.00 USD`,
		`for 5 × "seat" the vendor quotes 10.00 USD and the partner integra 11.00 USD`,
		`for 5 × "seat" the partner resell quotes 10.00 USD and the partner integra 11.00 USD`)
}

// comm.no_duplicate_outreach holds between any two parties: a day has a finding where two of them wrote in two threads,
// in whatever order the mails arrive.
func TestNoTwoPartiesWriteSeparatelyOnOneDay(t *testing.T) {
	rules := compiled(t)
	rapid.Check(t, func(t *rapid.T) {
		type sent struct{ day, author, thread int }
		var all []sent
		var log []comms.Activity
		for i := range rapid.IntRange(0, 12).Draw(t, "mails") {
			s := sent{rapid.IntRange(0, 2).Draw(t, "day"), rapid.IntRange(0, 3).Draw(t, "author"),
				rapid.IntRange(0, 2).Draw(t, "thread")}
			from := []string{ana, bo, ira, rosa}[s.author]
			a := mail(fmt.Sprint("m", i), "Mon 08:00", from, dana, ana, bo)
			a.At = a.At.AddDate(0, 0, s.day).Add(time.Duration(i) * time.Minute)
			a.Refs = []string{fmt.Sprint("thread", s.thread)}
			all, log = append(all, s), append(log, a)
		}
		want := map[string]bool{}
		for i, a := range all {
			for _, b := range all[:i] {
				if a.day == b.day && a.author != b.author && a.thread != b.thread {
					want[at("Mon 08:00").AddDate(0, 0, a.day).Format(time.DateOnly)] = true
				}
			}
		}
		log = rapid.Permutation(log).Draw(t, "order")
		tracker, err := rules.Track(wideDeal())
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]bool{}
		for _, a := range log {
			if err := tracker.Add(a); err != nil {
				t.Fatal(err)
			}
			tracker.Report(at("Fri 08:00"))
		}
		for _, f := range tracker.Report(at("Fri 08:00")).Findings {
			if f.Reason.Code() == comms.DuplicateOutreach {
				day, _, _ := strings.Cut(strings.TrimPrefix(f.Reason.String(), "on "), " ")
				got[day] = true
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("days %v, want %v", got, want)
		}
	})
}
