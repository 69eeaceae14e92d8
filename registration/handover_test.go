package registration_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/value"
)

var bea = model.Person{Name: "bea", Party: bolt}

func (d *desk) hand(t fataler, id string, by model.Person, to model.Party) registration.Answer {
	t.Helper()
	d.now = d.now.Add(time.Minute)
	a, err := d.Act(ctx, id, registration.Event{Do: registration.Hand, By: by, To: to})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// reg.deal: the holder and a channel owner hand a claim over together; it keeps its stamp and its end, ownership
// moves, and who filed it stays.
func TestTwoHandAClaimOverTogether(t *testing.T) {
	d := newDesk(t, compile(t, policy()))
	id := d.submit(t, acme, filing("1", "hooli.com")).Claim
	if a := d.hand(t, id, ana, bolt); a.Accepted || !slices.Equal(reasonCodes(a.Reasons), []value.Code{registration.Life}) {
		t.Errorf("reg.life: before the approval: %+v", a)
	}
	until := d.act(t, id, registration.Approve, noor).Until
	before := d.now.Add(time.Second)
	if a := d.hand(t, id, ana, bolt); !a.Accepted {
		t.Errorf("one half: %+v", a)
	}
	for _, half := range []struct {
		by model.Person
		to model.Party
	}{{model.Person{Name: "abe", Party: acme}, bolt}, {noor, model.PartnerOrg("corp")}, {ana, bolt}} {
		d.hand(t, id, half.by, half.to)
		if s := d.standing(t, id); s.Holder != acme || s.Handing.By != half.by || s.Handing.To != half.to {
			t.Errorf("reg.deal: handed by %s alone: %s, waiting %+v", half.by.Name, s.Holder, s.Handing)
		}
	}
	if a := d.hand(t, id, noor, bolt); !a.Accepted || !a.Until.Equal(until) {
		t.Errorf("reg.deal: %+v", a)
	}
	s := d.standing(t, id)
	if s.Holder != bolt || s.Claim.Claimant != acme || !s.Until.Equal(until) || s.Handing.Do != 0 {
		t.Errorf("reg.deal: the holder is %s of a claim of %s until %v", s.Holder, s.Claim.Claimant, s.Until)
	}
	if x, _, err := d.Explain(ctx, id, before); err != nil || x.Standing.Holder != acme {
		t.Errorf("reg.deal: before it the holder is %s, %v", x.Standing.Holder, err)
	}
	if a := d.hand(t, id, noor, bolt); !a.Accepted || len(d.stored()[0].Events) != 6 {
		t.Errorf("reg.atomic: sent again: %+v, %d events", a, len(d.stored()[0].Events))
	}
	deal := registration.Facts{Partner: bolt, Vendor: us}
	if r, reasons, err := d.Registrant(ctx, id, deal, d.now.Add(time.Second)); r != model.ByPartner || err != nil {
		t.Errorf("reg.deal: of the receiver's deal: %v, %v, %v", r, reasons, err)
	}
	deal.Partner = acme
	if r, _, err := d.Registrant(ctx, id, deal, d.now.Add(time.Second)); r != model.NoRegistrant || err != nil {
		t.Errorf("reg.deal: of the giver's deal: %v, %v", r, err)
	}
	withdraw := registration.Event{Do: registration.Withdraw, By: ana}
	if _, err := d.Act(ctx, id, withdraw); !errors.Is(err, registration.ActorForbidden) {
		t.Errorf("the giver withdraws it: %v", err)
	}
	if a := d.submit(t, acme, filing("2", "hooli.com")); a.Status != registration.Refused {
		t.Errorf("reg.first_wins: the giver files again: %s", a.Status)
	}
	if a := d.submit(t, bolt, filing("2", "hooli.com")); a.Status != registration.Submitted {
		t.Errorf("reg.life: the receiver renews: %s", a.Status)
	}
	if a, err := d.Answer(ctx, bolt, id, d.now.Add(time.Second)); err != nil || !a.Active {
		t.Errorf("the receiver reads it: %+v, %v", a, err)
	}
	withdraw.By = bea
	if a, err := d.Act(ctx, id, withdraw); err != nil || !a.Accepted {
		t.Errorf("the receiver withdraws it: %+v, %v", a, err)
	}
}

// reg.first_wins: a handover takes the account from the giver's later claims at its instant, and is refused beside an
// earlier one.
func TestAHandoverLeavesOneOwner(t *testing.T) {
	d := newDesk(t, compile(t, policy()))
	first := d.submit(t, acme, filing("1", "hooli.com")).Claim
	d.act(t, first, registration.Approve, noor)
	renewal := d.submit(t, acme, filing("2", "hooli.com")).Claim
	d.act(t, renewal, registration.Approve, noor)
	d.hand(t, renewal, ana, bolt)
	if a := d.hand(t, renewal, noor, bolt); a.Accepted ||
		!slices.Equal(reasonCodes(a.Reasons), []value.Code{registration.FirstWins}) {
		t.Errorf("reg.first_wins: beside an earlier claim: %+v", a)
	}
	before := d.now
	d.hand(t, first, noor, bolt)
	d.hand(t, first, ana, bolt)
	s := d.standing(t, renewal)
	if s.Status != registration.Rejected || s.BeatenBy != first || !s.Ended.After(before) {
		t.Errorf("reg.first_wins: the giver's renewal is %s since %v by %q", s.Status, s.Ended, s.BeatenBy)
	}
	if x, _, err := d.Explain(ctx, renewal, before); err != nil || x.Standing.Status != registration.Approved {
		t.Errorf("reg.first_wins: an answer once given is overturned: %s, %v", x.Standing.Status, err)
	}
	for _, back := range []model.Person{bea, noor} {
		d.hand(t, first, back, acme)
	}
	if s := d.standing(t, first); s.Holder != acme {
		t.Errorf("reg.deal: handed back, the holder is %s", s.Holder)
	}
	if s := d.standing(t, renewal); s.Status != registration.Rejected {
		t.Errorf("reg.life: handed back, the renewal is %s", s.Status)
	}
	d.hand(t, first, ana, bolt)
	d.hand(t, first, noor, bolt)
	if s := d.standing(t, first); s.Holder != bolt {
		t.Errorf("reg.deal: handed again, the holder is %s", s.Holder)
	}
}

// reg.first_wins: an earlier claim that is approved after a later one came back to its holder takes nothing from it,
// though the two had different holders in between.
func TestAClaimThatCameBackIsNoRivalAnyMore(t *testing.T) {
	d := newDesk(t, compile(t, policy()))
	first := d.submit(t, us, filing("1", "hooli.com")).Claim
	second := d.submit(t, us, filing("2", "hooli.com")).Claim
	d.act(t, second, registration.Approve, noor)
	for _, half := range []struct {
		by model.Person
		to model.Party
	}{{noor, acme}, {vic, acme}, {ana, us}, {vic, us}} {
		d.hand(t, second, half.by, half.to)
	}
	d.act(t, first, registration.Approve, noor)
	for _, id := range []string{first, second} {
		if s := d.standing(t, id); s.Status != registration.Approved || s.Holder != us {
			t.Errorf("reg.first_wins: %s of %s is %s", id, s.Holder, s.Status)
		}
	}
}

// reg.deal: a claim of the vendor goes to a partner by two channel owners, and by nobody else.
func TestTwoChannelOwnersHandTheVendorsClaimOver(t *testing.T) {
	d := newDesk(t, compile(t, policy()))
	id := d.submit(t, us, filing("1", "hooli.com")).Claim
	d.act(t, id, registration.Approve, noor)
	for _, by := range []model.Person{{Name: "bo", Party: us}, ana} {
		e := registration.Event{Do: registration.Hand, By: by, To: acme}
		if _, err := d.Act(ctx, id, e); err == nil {
			t.Errorf("handed over by %s", by.Name)
		}
	}
	if _, err := d.Act(ctx, id, registration.Event{Do: registration.Hand, By: noor}); err == nil {
		t.Error("handed to nobody")
	}
	d.hand(t, id, noor, acme)
	d.hand(t, id, noor, acme)
	if s := d.standing(t, id); s.Holder != us {
		t.Errorf("reg.deal: by one channel owner twice: %s", s.Holder)
	}
	d.hand(t, id, vic, acme)
	if s := d.standing(t, id); s.Holder != acme {
		t.Errorf("reg.deal: %s", s.Holder)
	}
}

// reg.unconfirmed: a claim for both that nobody confirmed by the end of the tenth business day after its approval
// ends then, and frees the account.
func TestAClaimThatNobodyConfirmsEnds(t *testing.T) {
	f := filing("1", "hooli.com")
	f.With, f.By = acme, "bo"
	end := utc("2026-12-08T00:00") // ten business days after Monday 23 November
	for _, c := range []struct {
		confirmed time.Time
		want      registration.Status
	}{{end.Add(-time.Microsecond), registration.Approved}, {end, registration.Expired}} {
		d := newDesk(t, compile(t, policy()))
		id := d.submit(t, us, f).Claim
		if a := d.act(t, id, registration.Approve, noor); !a.Until.Equal(end) || a.Active {
			t.Errorf("reg.unconfirmed: approved until %v", a.Until)
		}
		d.now = start.Add(time.Hour)
		if a := d.act(t, id, registration.Extend, noor); a.Accepted || !a.Until.Equal(end) {
			t.Errorf("reg.extension: of a claim that is not confirmed: %+v", a)
		}
		if s := d.standing(t, id); len(s.Reminders) > 0 {
			t.Errorf("reg.life: reminders %v", s.Reminders)
		}
		d.now = c.confirmed
		a := d.act(t, id, registration.Confirm, ana)
		if a.Status != c.want || a.Accepted != (c.want == registration.Approved) {
			t.Errorf("reg.unconfirmed at %v: %+v", c.confirmed, a)
		}
		found := slices.Contains(reasonCodes(d.standing(t, id).Findings), registration.Unconfirmed)
		if found != (c.want == registration.Expired) {
			t.Errorf("reg.unconfirmed at %v: a finding %t", c.confirmed, found)
		}
		if c.want == registration.Approved {
			if !a.Until.Equal(utc("2027-03-24T00:00")) {
				t.Errorf("reg.life: confirmed until %v", a.Until)
			}
		} else if a := d.submit(t, bolt, filing("1", "hooli.com")); a.Status != registration.Submitted {
			t.Errorf("reg.first_wins: the account is free, and %s", a.Status)
		}
	}
}

// reg.existing_customer: a channel owner admits a claim that is filed already, with a reason; nobody else does.
func TestAChannelOwnerAdmitsAClaimThatIsFiled(t *testing.T) {
	hooli := registration.Customer{Account: filing("1", "hooli.com").Account}
	claim := filed("a", acme, -3, did(registration.Approve, -2))
	d := newDesk(t, compile(t, policy(), hooli))
	if err := d.Merge(ctx, claim); err != nil {
		t.Fatal(err)
	}
	admit := registration.Event{Do: registration.Admit, By: ana, Reason: "a new division"}
	if _, err := d.Act(ctx, "a", admit); !errors.Is(err, registration.ApproverUnknown) {
		t.Errorf("reg.existing_customer: admitted by a partner: %v", err)
	}
	admit.By, admit.Reason = noor, ""
	if _, err := d.Act(ctx, "a", admit); !errors.Is(err, value.Code("event.reason.missing")) {
		t.Errorf("reg.existing_customer: admitted without a reason: %v", err)
	}
	if s := d.standing(t, "a"); !slices.Equal(reasonCodes(s.Findings), []value.Code{registration.ExistingCustomer}) {
		t.Errorf("reg.existing_customer: %v", s.Findings)
	}
	admit.Reason = "a new division"
	if a, err := d.Act(ctx, "a", admit); err != nil || !a.Accepted || len(a.Reasons) > 0 || !a.Active {
		t.Errorf("reg.existing_customer: %+v, %v", a, err)
	}
}

// reg.first_wins: an earlier claim that has ended before a handover takes nothing from the claim that is handed over.
func TestAClaimThatHasEndedStopsNoHandover(t *testing.T) {
	d := newDesk(t, compile(t, policy()))
	first := d.submit(t, acme, filing("1", "hooli.com")).Claim
	until := d.act(t, first, registration.Approve, noor).Until
	d.now = until.Add(-day)
	renewal := d.submit(t, acme, filing("2", "hooli.com")).Claim
	d.act(t, renewal, registration.Approve, noor)
	d.now = until
	d.hand(t, renewal, ana, bolt)
	if a := d.hand(t, renewal, noor, bolt); !a.Accepted || a.Status != registration.Approved {
		t.Errorf("reg.first_wins: %+v", a)
	}
}

// reg.deal: a renewal that is filed before the end ranks as what it renews, one that is filed after it does not.
func TestARenewalRanksAsWhatItRenews(t *testing.T) {
	claims := []registration.Claim{filed("a", acme, 0, did(registration.Approve, 1)), filed("b", acme, 100,
		did(registration.Approve, 101)), filed("c", acme, 200), filed("d", acme, 300)}
	want := []int{0, 0, 0, 300}
	for i, s := range compile(t, policy()).Standings(claims, start.Add(301*day)) {
		if !s.Ranks.Equal(start.Add(time.Duration(want[i]) * day)) {
			t.Errorf("reg.deal: %s ranks as of %v", s.Claim.ID, s.Ranks)
		}
	}
}
