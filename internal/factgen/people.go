package factgen

import (
	"pgregory.net/rapid"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
)

// Party is a party of a side.
func Party() *rapid.Generator[model.Party] {
	return rapid.Custom(func(t *rapid.T) model.Party {
		return model.Party{Side: Number(model.Partner, model.Vendor).Draw(t, "side"), Org: rapid.OneOf(rapid.SampledFrom([]string{"acme", "us"}), Text()).Draw(t, "org")}
	})
}

// Person is a person of a party.
func Person() *rapid.Generator[model.Person] {
	return rapid.Custom(func(t *rapid.T) model.Person {
		return model.Person{Name: Text().Draw(t, "name"), Party: Party().Draw(t, "party")}
	})
}

// Anybody is a person, or nobody.
func Anybody() *rapid.Generator[model.Person] {
	return rapid.OneOf(rapid.Just(model.Person{}), Person())
}

// Consent is what a person agreed to.
func Consent() *rapid.Generator[model.Consent] {
	return rapid.Custom(func(t *rapid.T) model.Consent {
		return model.Consent{By: Person().Draw(t, "by"), At: Instant().Draw(t, "at")}
	})
}

// Signals are signals, known and unknown.
func Signals() *rapid.Generator[model.Signals] {
	answer := Number(model.Unknown, model.Yes)
	return rapid.Custom(func(t *rapid.T) model.Signals {
		return model.Signals{
			Source:              Number(model.UnknownSource, model.FromBoth).Draw(t, "source"),
			PartnerRelationship: answer.Draw(t, "relationship"), PartnerTrusted: answer.Draw(t, "trusted"), ProductAddon: answer.Draw(t, "addon"),
			VendorCustomer: answer.Draw(t, "customer"), ProductPrimary: answer.Draw(t, "primary"), EqualProducts: answer.Draw(t, "equal"),
			NoRelationship: answer.Draw(t, "none"), BothEngaged: answer.Draw(t, "engaged"),
		}
	})
}

// Team is a team, mostly not one that fits together.
func Team() *rapid.Generator[model.Team] {
	rep := rapid.Custom(func(t *rapid.T) model.Rep {
		r := model.Rep{ID: Text().Draw(t, "id"), Lead: rapid.Bool().Draw(t, "lead")}
		if rapid.Bool().Draw(t, "of a party") {
			r.Party = Party().Draw(t, "party")
		}
		return r
	})
	people := rapid.Custom(func(t *rapid.T) map[model.Responsibility][]string {
		var people map[model.Responsibility][]string
		for range rapid.IntRange(0, 2).Draw(t, "duties") {
			if people == nil {
				people = make(map[model.Responsibility][]string)
			}
			duty := rapid.OneOf(rapid.SampledFrom([]model.Responsibility{model.Demo, model.Contract}), rapid.Map(Text(), func(s string) model.Responsibility { return model.Responsibility(s) })).Draw(t, "duty")
			people[duty] = rapid.SliceOfN(Text(), 1, 2).Draw(t, "ids")
		}
		return people
	})
	return rapid.Custom(func(t *rapid.T) model.Team {
		return model.Team{Reps: Some(rep, 3).Draw(t, "reps"), Assigned: people.Draw(t, "assigned"), Consulted: people.Draw(t, "consulted")}
	})
}

// Member is somebody of a deal's people.
func Member() *rapid.Generator[comms.Person] {
	return rapid.Custom(func(t *rapid.T) comms.Person {
		p := comms.Person{
			Name:     Text().Draw(t, "name"),
			Prospect: rapid.Bool().Draw(t, "prospect"), Lead: rapid.Bool().Draw(t, "lead"),
			Addresses: Texts().Draw(t, "addresses"), From: Perhaps().Draw(t, "from"), Until: Perhaps().Draw(t, "until"),
		}
		if rapid.Bool().Draw(t, "of a party") {
			p.Party = Party().Draw(t, "party")
		}
		return p
	})
}

// Payee is somebody to be credited.
func Payee() *rapid.Generator[comp.Payee] {
	contribution := rapid.Map(Text(), func(s string) comp.Contribution { return comp.Contribution(s) })
	return rapid.Custom(func(t *rapid.T) comp.Payee {
		p := comp.Payee{
			Rep: Text().Draw(t, "rep"), Role: Number(comp.Role(0), comp.Supporting).Draw(t, "role"),
			Contribution: contribution.Draw(t, "contribution"), AlsoContributed: Some(contribution, 2).Draw(t, "also"),
			Rate: Percent().Draw(t, "rate"), Table: comp.TableID(Text().Draw(t, "table")), Share: Percent().Draw(t, "share"),
		}
		if rapid.Bool().Draw(t, "of a party") {
			p.Party = Party().Draw(t, "party")
		}
		return p
	})
}

// Booking is a deal as compensation sees it, mostly not one that can be priced.
func Booking() *rapid.Generator[comp.Booking] {
	return rapid.Custom(func(t *rapid.T) comp.Booking {
		b := comp.Booking{
			ID: Text().Draw(t, "id"), Value: Money().Draw(t, "value"), PartnerQuota: Money().Draw(t, "partner quota"), VendorQuota: Money().Draw(t, "vendor quota"),
			Source: Number(model.UnknownSource, model.FromBoth).Draw(t, "source"), Registrant: Number(model.NoRegistrant, model.ByVendorJoint).Draw(t, "registrant"),
			Payees: Some(Payee(), 3).Draw(t, "payees"),
		}
		if rapid.Bool().Draw(t, "closed") {
			b.Closed = Date().Draw(t, "day")
		}
		return b
	})
}
