package factgen

import (
	"pgregory.net/rapid"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// Opening is how a deal enters, mostly not as one can.
func Opening() *rapid.Generator[stage.Opening] {
	return rapid.Custom(func(t *rapid.T) stage.Opening {
		return stage.Opening{
			Day: Date().Draw(t, "day"), Engagement: Number(model.Engagement(0), model.TrueCoSell).Draw(t, "engagement"),
			Size: Number(model.PlaybookSize(0), model.Simplified).Draw(t, "size"), Stage: stage.Stage(Text().Draw(t, "stage")),
			At: Perhaps().Draw(t, "at"), From: Text().Draw(t, "from"),
		}
	})
}

// Fact is what a gate may read.
func Fact() *rapid.Generator[stage.Fact] {
	kind := rapid.OneOf(rapid.SampledFrom([]string{string(stage.ProposalSent), string(stage.Qualified), string(stage.Registered)}), ID())
	return rapid.Custom(func(t *rapid.T) stage.Fact {
		return stage.Fact{
			Kind: stage.FactKind(kind.Draw(t, "kind")), At: Instant().Draw(t, "at"), By: Text().Draw(t, "by"),
			Side: Number(model.Side(0), model.Vendor).Draw(t, "side"), Until: Perhaps().Draw(t, "until"), Negative: rapid.Bool().Draw(t, "negative"),
			Proposal: Text().Draw(t, "proposal"), Revision: rapid.IntRange(-1, 3).Draw(t, "revision"), Without: Number(model.Side(0), model.Vendor).Draw(t, "without"),
		}
	})
}

// Event is an entry of a deal's history.
func Event() *rapid.Generator[stage.Event] {
	override := rapid.Custom(func(t *rapid.T) stage.Override {
		return stage.Override{
			Gate: value.Code(Text().Draw(t, "gate")), By: Person().Draw(t, "by"), At: Instant().Draw(t, "at"),
			Reason: Text().Draw(t, "reason"), Escalated: Perhaps().Draw(t, "escalated"),
		}
	})
	stages := rapid.OneOf(rapid.SampledFrom([]string{"", "discovery", "presentation", "pilot"}), Text())
	return rapid.Custom(func(t *rapid.T) stage.Event {
		return stage.Event{
			Verb: Number(stage.VerbAdvance, stage.VerbRaise).Draw(t, "verb"), Task: stage.TaskID(Text().Draw(t, "task")),
			Engagement: Number(model.Engagement(0), model.TrueCoSell).Draw(t, "engagement"), Size: Number(model.PlaybookSize(0), model.Simplified).Draw(t, "size"),
			Move: stage.Move{
				To: stage.Stage(stages.Draw(t, "to")), By: Anybody().Draw(t, "by"), At: Instant().Draw(t, "at"), Reason: Text().Draw(t, "reason"),
				Consents: Some(Consent(), 2).Draw(t, "consents"), Evidence: Some(Fact(), 2).Draw(t, "evidence"), Overrides: Some(override, 1).Draw(t, "overrides"),
			},
		}
	})
}

// Activity is an entry of a log, mostly not one that a log takes.
func Activity() *rapid.Generator[comms.Activity] {
	return rapid.Custom(func(t *rapid.T) comms.Activity {
		a := comms.Activity{
			ID: ID().Draw(t, "id"), Kind: Number(comms.Mail, comms.Cancellation).Draw(t, "kind"), At: Instant().Draw(t, "at"), End: Perhaps().Draw(t, "end"),
			Side: Number(model.Partner, model.Vendor).Draw(t, "side"), From: Text().Draw(t, "from"), To: Texts().Draw(t, "to"), Subject: Text().Draw(t, "subject"),
			Refs: Texts().Draw(t, "refs"), About: Texts().Draw(t, "about"), Purpose: Number(comms.Purpose(0), comms.Debrief).Draw(t, "purpose"),
			Covers: Some(Number(comms.Agenda, comms.IssuesFlagged), 3).Draw(t, "covers"), Shared: rapid.Bool().Draw(t, "shared"),
		}
		if rapid.Bool().Draw(t, "offers") {
			a.Offer = comms.Offer{Item: Text().Draw(t, "item"), Quantity: rapid.IntRange(-1, 3).Draw(t, "quantity"), Months: rapid.IntRange(-1, 3).Draw(t, "months"), Price: Money().Draw(t, "price")}
		}
		return a
	})
}

// Claim is a claim, mostly not one that a registry takes.
func Claim() *rapid.Generator[registration.Claim] {
	identifier := rapid.Custom(func(t *rapid.T) matching.Identifier {
		return matching.Identifier{Scheme: matching.Scheme(Text().Draw(t, "scheme")), Value: Text().Draw(t, "value")}
	})
	event := rapid.Custom(func(t *rapid.T) registration.Event {
		return registration.Event{
			Do: Number(registration.Approve, registration.Lose).Draw(t, "do"), By: Person().Draw(t, "by"), At: Instant().Draw(t, "at"),
			Reason: Text().Draw(t, "reason"), Progress: Perhaps().Draw(t, "progress"),
		}
	})
	return rapid.Custom(func(t *rapid.T) registration.Claim {
		c := registration.Claim{
			ID: ID().Draw(t, "id"), Claimant: Party().Draw(t, "claimant"), Submitted: Instant().Draw(t, "submitted"), Events: Some(event, 2).Draw(t, "events"),
			Filing: registration.Filing{
				Key: Text().Draw(t, "key"), By: Text().Draw(t, "by"), Scope: Scope().Draw(t, "scope"),
				Account: matching.Account{Name: Text().Draw(t, "name"), Country: Text().Draw(t, "country"), Domains: Texts().Draw(t, "domains"), IDs: Some(identifier, 2).Draw(t, "ids")},
			},
		}
		if rapid.Bool().Draw(t, "for both") {
			c.Filing.With = Party().Draw(t, "with")
		}
		if rapid.Bool().Draw(t, "has a key") {
			c.Key = matching.Key{IDs: Some(identifier, 2).Draw(t, "key ids"), Domains: IDs().Draw(t, "key domains"), Name: Text().Draw(t, "key name"), Country: Text().Draw(t, "key country")}
		}
		if !c.Key.Decides() {
			c.Key = matching.Key{} // which the form leaves out
		}
		if rapid.Bool().Draw(t, "excepted") {
			c.Exception = &registration.Exception{By: Person().Draw(t, "excepted by"), Reason: Text().Draw(t, "excepted because")}
		}
		return c
	})
}

// Scope is a scope, perhaps of everything.
func Scope() *rapid.Generator[registration.Scope] {
	return rapid.Custom(func(t *rapid.T) registration.Scope {
		return registration.Scope{
			Products: Some(rapid.Map(Text(), func(s string) registration.Product { return registration.Product(s) }), 2).Draw(t, "products"),
			Regions:  Some(rapid.Map(Text(), func(s string) registration.Region { return registration.Region(s) }), 2).Draw(t, "regions"),
		}
	})
}

// Handled is what a person did to a case.
func Handled() *rapid.Generator[escalation.Event] {
	return rapid.Custom(func(t *rapid.T) escalation.Event {
		return escalation.Event{By: Anybody().Draw(t, "by"), At: Instant().Draw(t, "at"), Note: Text().Draw(t, "note")}
	})
}
