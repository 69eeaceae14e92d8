package schematest

import (
	"os"
	"path/filepath"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/compgen"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/wiregen"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration/domains"
)

// policies draws policies with rate tables.
func policies() *rapid.Generator[comp.Policy] {
	return rapid.Custom(func(t *rapid.T) comp.Policy {
		scope := compgen.DefaultLimits()
		p := compgen.AnyPolicy().Draw(t, "policy")
		if rapid.Bool().Draw(t, "has rates") {
			p.Rates = compgen.AnyRates(scope, compgen.AnyTeam(scope).Draw(t, "team")).Draw(t, "rates")
		}
		return p
	})
}

// statements draws statements of a policy for a booking.
func statements() *rapid.Generator[comp.Statement] {
	return rapid.Custom(func(t *rapid.T) comp.Statement {
		scope := compgen.DefaultLimits()
		policy, team := compgen.AnyPolicy().Draw(t, "policy"), compgen.AnyTeam(scope).Draw(t, "team")
		booking := compgen.AnyBooking(scope, team, policy).Draw(t, "booking")
		plan, err := comp.Compile(policy)
		if err != nil {
			t.Fatal(err)
		}
		s, err := plan.Statement(booking)
		if err != nil {
			t.Fatal(err)
		}
		return s
	})
}

// sample reads a document of the module.
func sample[T any](file string, parse func([]byte) (T, error)) T {
	text, err := os.ReadFile(filepath.Join("../..", file))
	if err != nil {
		panic(err)
	}
	v, err := parse(text)
	if err != nil {
		panic(err)
	}
	return v
}

// views draws the views of a party on the sample's deal, with any facts at any instant.
func views() *rapid.Generator[coselling.View] {
	engine, err := coselling.New(book.Default(), coselling.Host{Rosters: []escalation.Roster{sample("examples/assess/roster.json", escalation.ParseRoster)}, Registrable: domains.Registrable})
	if err != nil {
		panic(err)
	}
	return rapid.Custom(func(t *rapid.T) coselling.View {
		d, record := sample("examples/assess/deal.json", deal.Parse), sample("examples/assess/record.json", deal.ParseRecord)
		if rapid.Bool().Draw(t, "another record") {
			record = wiregen.Of[deal.Record](nil).Draw(t, "record")
		}
		if rapid.Bool().Draw(t, "another deal") {
			d = wiregen.Of[deal.Deal](nil).Draw(t, "deal")
		}
		at := d.Opening.Day.Start(time.UTC).AddDate(0, 0, rapid.IntRange(-10, 200).Draw(t, "days"))
		a, err := engine.Assess(d, record, at)
		if err != nil {
			t.Skip(err)
		}
		switch rapid.SampledFrom([]model.Side{0, model.Partner, model.Vendor}).Draw(t, "side") {
		case model.Partner:
			return a.For(model.PartnerOrg(d.Partner))
		case model.Vendor:
			return a.For(model.VendorOrg(d.Vendor))
		default:
			return a.Everything()
		}
	})
}
