package assess_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// party.sourced, party.touched: the vendor reads who touched the deal, a partner what it did itself, and everybody who
// brought it; a mail is no touch, nor is a meeting that was cancelled.
func TestWhoBroughtAndWhoTouchedADeal(t *testing.T) {
	d, r := paid()
	d.People = append(d.People, comms.Correspondent{Name: "ida", Party: integra, Addresses: []string{"ida@integra.example"}})
	met := func(id string, kind comms.ActivityKind, day int, from string) comms.Activity {
		return comms.Activity{ID: id, Kind: kind, At: november(day, 9), Side: model.Partner, From: from,
			To: []string{"cat@calder.example"}}
	}
	r.Activities = append(r.Activities, met("c-1", comms.Call, 4, "ida@integra.example"),
		met("c-2", comms.Meeting, 5, "ida@integra.example"), met("c-3", comms.Mail, 5, "ida@integra.example"),
		comms.Activity{ID: "c-4", Kind: comms.Cancellation, At: november(4, 10), Side: model.Partner,
			From: "ida@integra.example", About: []string{"c-2"}})
	r.Events = append(r.Events, tick(stage.OneDiscoveryCall, model.Person{Name: "ron", Party: resell}, november(6, 8)))
	const brought = "partner acme brought the deal"
	own := map[model.Party]string{
		acme:    "partner acme touched the deal by 1 meeting or call, 1 approved claim and ",
		integra: "partner integra touched the deal by 1 meeting or call, no approved claim and no done task",
		resell:  "partner resell touched the deal by no meeting or call, no approved claim and 1 done task",
		us:      "vendor us touched the deal by 1 meeting or call, no approved claim and 1 done task",
	}
	a, err := engine(t).Assess(d, r, november(12, 9))
	if err != nil {
		t.Fatal(err)
	}
	texts := func(v assess.View) (all []string) {
		for _, reason := range v.Influence {
			all = append(all, reason.String())
		}
		return all
	}
	all := texts(a.For(us))
	if len(all) != 5 || all[0] != brought || !slices.Equal(all, texts(a.Everything())) {
		t.Errorf("%q", all)
	}
	for i, party := range []model.Party{acme, integra, resell, us} {
		if !strings.HasPrefix(all[1+i], own[party]) {
			t.Errorf("%s: %q", party, all[1+i])
		}
		if got := texts(a.For(party)); party != us && !slices.Equal(got, []string{brought, all[1+i]}) {
			t.Errorf("%s reads %q", party, got)
		}
	}
	d, r = small()
	if v := everything(t, d, r, november(6, 9)); v.Influence != nil {
		t.Errorf("a deal of two companies: %v", v.Influence)
	}
}

// party.touched: what is older than the days of the book does not count, and one at the very first instant does.
func TestATouchCountsWithinTheDaysOfTheBook(t *testing.T) {
	b := ourBook()
	b.TouchDays = 2
	e, err := assess.Compile(b, assess.Host{Rosters: []escalation.Roster{roster()}, Registrable: domains.Registrable})
	if err != nil {
		t.Fatal(err)
	}
	touched := func(d deal.Deal, r deal.Record, asOf time.Time) bool {
		a, err := e.Assess(d, r, asOf)
		if err != nil {
			t.Fatal(err)
		}
		return slices.ContainsFunc(a.For(integra).Influence, func(r value.Reason) bool { return r.Code() == "party.touched" })
	}
	d, r := paid()
	r.Events = append(r.Events, tick(stage.OneDiscoveryCall, model.Person{Name: "ida", Party: integra}, november(6, 8)))
	for asOf, want := range map[time.Time]bool{
		november(6, 7): false, november(6, 8): true, november(8, 8): true, november(8, 8).Add(1): false,
	} {
		if got := touched(d, r, asOf); got != want {
			t.Errorf("on %s: %t", asOf, got)
		}
	}
}
