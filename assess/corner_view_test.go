package assess_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/value"
)

// view.side: a problem with the credit or the quota value of a side is shown to that
// side alone, and the other's view does not change with it.
func TestProblemsWithPayAreShownToTheirSide(t *testing.T) {
	b := ourBook()
	b.Comp.RoleBased.Contributions = map[comp.Contribution]value.Percent{"a": value.MustPercent("60%"),
		"b": value.MustPercent("50%"), "c": value.MustPercent("70%")}
	e, err := assess.Compile(b, assess.Host{Rosters: []escalation.Roster{roster()}, Registrable: domains.Registrable})
	if err != nil {
		t.Fatal(err)
	}
	supporters := func(d *deal.Deal, one, two comp.Contribution) {
		d.Payees = append(d.Payees, comp.Payee{Rep: "bo", Party: us, Role: comp.Supporting, Contribution: one},
			comp.Payee{Rep: "bea", Party: us, Role: comp.Supporting, Contribution: two})
	}
	for name, c := range map[string][2]func(*deal.Deal){
		"supporting credit": {func(d *deal.Deal) { supporters(d, "a", "b") },
			func(d *deal.Deal) { supporters(d, "a", "c") }},
		"a quota's currency": {
			func(d *deal.Deal) { d.VendorQuota = value.MustMoney("5000.00 EUR") },
			func(d *deal.Deal) { d.VendorQuota = value.MustMoney("7000.00 EUR") },
		},
		"a quota below zero": {
			func(d *deal.Deal) { d.VendorQuota = value.MustMoney("-1.00 USD") },
			func(d *deal.Deal) { d.VendorQuota = value.MustMoney("9000.00 USD") },
		},
	} {
		var seen [2]string
		for i, change := range c {
			d, r := small()
			change(&d)
			a, err := e.Assess(d, r, november(6, 9))
			if err != nil {
				t.Fatal(err)
			}
			seen[i] = written(a.For(acme))
			if own := a.For(us); len(own.Missing) == 0 && i == 0 {
				t.Errorf("view.side: %s: the vendor does not see it", name)
			}
		}
		if seen[0] != seen[1] {
			t.Errorf("view.side: %s shows:\n%s\n%s", name, seen[0], seen[1])
		}
	}
}

// view.side: a claim of the vendor's with another partner tells the deal's own partner
// nothing of who that is.
func TestThePartnerOfAnotherClaimIsHidden(t *testing.T) {
	seen := map[string]bool{}
	for _, with := range []string{"other", "somebody"} {
		for _, confirmed := range []bool{false, true} {
			d, r := small()
			r.Claims[0].Claimant, r.Claims[0].Filing.With = us, model.PartnerOrg(with)
			if confirmed {
				r.Claims[0].Events = append(r.Claims[0].Events,
					registration.Event{Do: registration.Confirm,
						By: model.Person{Name: "zoe", Party: model.PartnerOrg(with)}, At: november(3, 9)})
			}
			a, err := engine(t).Assess(d, r, november(6, 9))
			if err != nil {
				t.Fatal(err)
			}
			document := written(a.For(acme))
			seen[document] = true
			if strings.Contains(document, "partner other") || strings.Contains(document, "somebody") {
				t.Errorf("view.side: with %s, confirmed %t, the partner reads %s", with, confirmed, document)
			}
		}
	}
	if len(seen) != 1 {
		t.Errorf("view.side: %d views of what is hidden", len(seen))
	}
}

// view.side, party.function: a participant has a view of its own. A task that it took over is for it to do, in its own
// view alone; blockers are those of the vendor and the partner that leads.
func TestAParticipantHasItsOwnView(t *testing.T) {
	b := ourBook()
	b.Functions = append(b.Functions, model.FunctionRow{Function: "opening",
		Takes: []model.Responsibility{model.Relationship, model.DiscoveryWork}})
	e, err := assess.Compile(b, assess.Host{Rosters: []escalation.Roster{roster()}, Registrable: domains.Registrable})
	if err != nil {
		t.Fatal(err)
	}
	d, r := small()
	r.Events, r.Facts = nil, nil
	opener := model.PartnerOrg("opener")
	d.Participants = []deal.Participant{{Party: opener, Function: "opening"}}
	d.Team.Reps = append(d.Team.Reps, model.Rep{ID: "ira", Party: opener})
	a, err := e.Assess(d, r, november(4, 9))
	if err != nil {
		t.Fatal(err)
	}
	own, does := a.For(opener), 0
	for _, v := range []assess.View{own, a.For(acme), a.For(us)} {
		for _, action := range v.Next {
			if its := slices.Equal(action.Who, []string{"ira"}); action.Do != nil && its != (v.Party == opener) {
				t.Errorf("%s does what %v should: %s", v.Party, action.Who, action.Text())
			} else if its && action.Do != nil {
				does++
			}
		}
	}
	if does == 0 || own.Deal != d.ID || len(own.Blockers)+len(own.Credit.Lines) > 0 {
		t.Errorf("the participant's own view: %+v", own)
	}
	if empty := a.For(model.PartnerOrg("nobody")); empty.Deal != "" {
		t.Errorf("a stranger sees %+v", empty)
	}
}
