package assess

import (
	"slices"
	"strings"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/stage"
)

const (
	longestClaim = 128 // bytes of the longest id of a claim

	channelOwner = "the channel owner who decides"
)

// file is a new claim of the party, like the last one that it filed for the deal. One that is active without the
// deal's naming it is named, and the host of a deal without claims records that it is registered.
func (d *draft) file() {
	if d.reported() {
		d.fact(stage.Registered)
		return
	}
	if held := d.unnamed(); held.ID != "" {
		if d.view.Party.Side == model.Partner && held.Claimant != d.party {
			d.change = nil // which that party does
			return
		}
		d.edit().Registrations = slices.Sorted(slices.Values(append(slices.Clone(d.deal.Registrations), held.ID)))
		return
	}
	c := &d.change.Claim
	if c.ID = d.newID(); len(c.ID) > longestClaim {
		c.ID = ""
		d.ask("claim.id", AskText, "a short id of the claim")
		d.ask("claim.filing.key", AskText, "a short key of the filing")
	}
	c.Claimant, c.Submitted = d.party, d.now()
	f := &c.Filing
	f.Scope = wire.Clone(d.deal.Scope)
	switch last := &d.last.Claim; {
	case last.ID != "" && d.last.Holder == d.party:
		c.Key = wire.Clone(last.Key)
		f.Account, f.With = wire.Clone(last.Filing.Account), last.Filing.With
		if d.m.what != coverDeal {
			f.Scope = wire.Clone(last.Filing.Scope)
		}
	default:
		f.Scope.Functions = d.function()
		f.Account = matching.Account{Name: d.deal.Account, Domains: domainsOf(d.rules, &d.deal)}
		if d.view.Model.Set == model.TrueCoSell {
			f.With = d.of(d.party.Side.Other())
		}
		if len(f.Account.Domains) == 0 {
			d.ask("claim.filing.account.domains[0]", AskText, "a domain of the account")
		}
	}
	f.Key, f.By = c.ID, d.by
	if d.by == "" {
		d.ask("claim.filing.by", AskName, "who files it")
	}
}

// function returns the function of who files, in a deal of several partners; nil: none.
func (d *draft) function() []model.Function {
	lead, others := d.leadAndOthers(&d.deal)
	for _, p := range append([]model.Participant{lead}, others...) {
		if len(others) > 0 && p.Party == d.party && p.Function != "" {
			return []model.Function{p.Function}
		}
	}
	return nil
}

// reported reports whether the record says that the deal is registered, and names no claim.
func (d *draft) reported() bool {
	of := func(f stage.Fact) bool { return f.Kind == stage.Registered && !f.At.After(d.now()) }
	return len(d.deal.Registrations) == 0 && (slices.ContainsFunc(d.record.Facts, of) ||
		slices.ContainsFunc(d.record.Events, func(e stage.Event) bool { return slices.ContainsFunc(e.Evidence, of) }))
}

// unnamed returns an active claim of a party of the deal that the deal does not name and that would register it.
func (d *draft) unnamed() registration.Claim {
	facts := d.partnership.facts(&d.deal)
	for _, s := range d.rules.claims.Standings(d.claims, d.now()) {
		registers, _ := s.Registrant(facts, d.now())
		if registers != model.NoRegistrant && !slices.Contains(d.deal.Registrations, s.Claim.ID) {
			return s.Claim
		}
	}
	return registration.Claim{}
}

// domainsOf returns the mail domains of the prospect that decide which account it is, each once.
func domainsOf(e *Rules, d *deal.Deal) (list []string) {
	for i := range d.People {
		p := &d.People[i]
		for _, address := range p.Addresses {
			_, domain, ok := strings.Cut(strings.TrimSpace(address), "@")
			if !p.Prospect || !ok || slices.Contains(list, domain) {
				continue
			}
			key, err := e.claims.Accounts().Key(matching.Account{Domains: []string{domain}})
			if err == nil && key.Decides() {
				list = append(list, domain)
			}
		}
	}
	slices.Sort(list)
	return list
}

// step starts an event of a claim.
func (d *draft) step(id string, do registration.Verb) *registration.Event {
	d.change.ClaimEvent = deal.ClaimEvent{Claim: id}
	e := &d.change.ClaimEvent.Event
	e.Do, e.At, e.By.Party = do, d.now(), d.party
	return e
}

func (d *draft) extend() {
	e := d.step(d.last.Claim.ID, registration.Extend)
	e.By, e.Progress = d.person("claim_event.by"), d.extends
}

func (d *draft) confirm() {
	d.step(d.m.claim.Claim.ID, registration.Confirm).By = d.person("claim_event.by")
}

// admit is a channel owner's exception for a claim on the vendor's own customer.
func (d *draft) admit() {
	d.step(d.m.object, registration.Admit)
	d.ask("claim_event.by.name", AskName, channelOwner, slices.Clone(d.rules.owners)...)
	d.ask("claim_event.reason", AskText, "why")
}

// handOver is the other half of a handover, to a party of the deal: of another one only the vendor learns.
func (d *draft) handOver() {
	half := &d.last.Handing
	ofDeal := half.To == d.partner || half.To == d.vendor || d.further(&d.deal, half.To)
	if !ofDeal && d.view.Party.Side == model.Partner {
		d.change = nil
		return
	}
	e := d.step(d.last.Claim.ID, registration.Hand)
	e.To = half.To
	if d.party != d.vendor {
		e.By = d.person("claim_event.by")
		return
	}
	d.ask("claim_event.by.name", AskName, channelOwner, slices.DeleteFunc(slices.Clone(d.rules.owners),
		func(name string) bool { return half.By == model.Person{Name: name, Party: d.party} })...)
}

// decide is the decision of a channel owner on the deal's claim, its renewal, or an earlier claim that it waits for.
func (d *draft) decide() {
	c := &d.last.Claim
	switch {
	case d.m.claim != nil:
		c = &d.m.claim.Claim
	case d.m.what == decideEarlier:
		c = &d.elder
	case d.renewal.Claim.ID != "":
		c = &d.renewal.Claim
	}
	d.step(c.ID, 0)
	owners := slices.DeleteFunc(slices.Clone(d.rules.owners),
		func(name string) bool { return c.Claimant == d.party && name == c.Filing.By })
	d.ask("claim_event.by.name", AskName, channelOwner, owners...)
	var choices []string
	for _, do := range [...]registration.Verb{registration.Approve, registration.Reject} {
		by := model.Person{Name: first(owners), Party: d.party}
		e := registration.Event{Do: do, By: by, At: d.now(), Reason: "none"}
		if decision, err := d.rules.claims.Decide(d.claims, c.ID, e); err == nil && decision.Accepted {
			choices = append(choices, do.String())
		}
	}
	d.ask("claim_event.do", AskText, "the decision", choices...)
	d.ask("claim_event.reason", AskText, "why")
}

// address returns the mail address of a rep of a side. Where it is not known, an address of the side is asked for at a
// path.
func (d *draft) address(rep string, side model.Side, path string) string {
	says := "the mail address of a rep of the " + side.String()
	var choices []string
	for i := range d.deal.People {
		p := &d.deal.People[i]
		over := !p.Until.IsZero() && !p.Until.After(d.now())
		if p.Prospect || over || len(p.Addresses) == 0 || strings.HasPrefix(p.Addresses[0], "@") {
			continue
		}
		if p.Name == rep && rep != "" {
			return p.Addresses[0]
		}
		if p.Party.Side == side {
			choices = append(choices, p.Addresses[0])
		}
	}
	slices.Sort(choices)
	d.ask(path, AskText, says, slices.Compact(choices)...)
	return ""
}

// activity starts an activity of the party.
func (d *draft) activity(kind comms.ActivityKind) *comms.Activity {
	a := &d.change.Activity
	a.ID, a.Kind, a.At, a.Side = d.newID(), kind, d.now(), d.party.Side
	return a
}
