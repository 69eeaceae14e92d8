// Package bookgen draws whole books for property tests. [book.Book.Check] finds no problem in them.
package bookgen

import (
	"maps"
	"slices"
	"strconv"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/compgen"
	"github.com/coselling/coselling/comp/life"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/wiregen"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

// AnyBook draws a book in which everything may differ from the default one.
func AnyBook() *rapid.Generator[book.Book] {
	return rapid.Custom(func(t *rapid.T) book.Book {
		b := book.Default()
		b.Version = anyText().Draw(t, "version")
		b.From, _ = b.From.AddDays(between(t, "from", -1000, 1000))
		b.Zone = rapid.SampledFrom([]string{"UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires",
			"Etc/GMT+5"}).Draw(t, "zone")
		currency := rapid.SampledFrom([]string{"USD", "EUR", "JPY", "KWD"}).Draw(t, "currency")
		b.Roles = anyMatrix(t)
		b.Functions = anyFunctions(t, b.Roles)
		b.TouchDays = between(t, "touch days", 1, 3650)
		b.Comp = anyComp(t)
		b.Stage = anyStage(t, b.Roles, currency)
		b.Registration = anyRegistration(t)
		b.Escalation = anyEscalation(t, currency)
		b.Comms = wiregen.Of[comms.Policy](nil).Draw(t, "comms")
		b.Disputes = wiregen.Of[life.Policy](nil).Draw(t, "disputes")
		return b
	})
}

// anyText draws visible text, quotes and letters of several bytes included.
func anyText() *rapid.Generator[string] {
	return rapid.StringMatching(`[a-zA-Z"\\<&é日😀][a-zA-Z0-9 _."'/<>é日😀-]{0,12}[a-z]`)
}

// between draws a whole number from least to most.
func between(t *rapid.T, label string, least, most int) int {
	return rapid.IntRange(least, most).Draw(t, label)
}

func amount(t *rapid.T, currency, name string) value.Money {
	return value.MustMoney(strconv.Itoa(between(t, name, 1, 1_000_000)) + " " + currency)
}

func anyMatrix(t *rapid.T) model.Matrix {
	m := model.DefaultMatrix()
	for i := range between(t, "own rows", 0, 2) {
		m = append(m, model.Row{
			Responsibility: model.Responsibility("own." + strconv.Itoa(i)), Says: anyText().Draw(t, "says"),
			PartnerLed: anyCell(t), VendorLed: anyCell(t), TrueCoSell: anyCell(t),
		})
	}
	return rapid.Permutation(m).Draw(t, "rows")
}

func anyFunctions(t *rapid.T, roles model.Matrix) []model.FunctionRow {
	rows := model.DefaultFunctions()
	for i := range between(t, "own functions", 0, 2) {
		row := model.FunctionRow{Function: model.Function("own." + strconv.Itoa(i))}
		for _, r := range roles {
			switch between(t, "does", 0, 5) {
			case 0:
				row.Takes = append(row.Takes, r.Responsibility)
			case 1:
				row.Supports = append(row.Supports, r.Responsibility)
			}
		}
		rows = append(rows, row)
	}
	return rapid.Permutation(rows).Draw(t, "functions")
}

func anyCell(t *rapid.T) model.Cell {
	c := wiregen.Of[model.Cell](nil).Draw(t, "cell")
	c.Leader = 0
	if c.Mode == model.Leads {
		c.Leader = model.Side(between(t, "leader", 1, 2))
	}
	return c
}

func anyComp(t *rapid.T) comp.Policy {
	p := compgen.AnyPolicy().Draw(t, "policy")
	if rapid.Bool().Draw(t, "rates") {
		scope := compgen.DefaultLimits()
		p.Rates = compgen.AnyRates(scope, compgen.AnyTeam(scope).Draw(t, "team")).Draw(t, "rates")
	}
	return p
}

func anyRegistration(t *rapid.T) registration.Policy {
	p := wiregen.Of[registration.Policy](nil).Draw(t, "policy")
	p.Vendor = anyText().Draw(t, "vendor")
	p.ChannelOwners = rapid.SliceOfNDistinct(anyText(), 2, 4, rapid.ID[string]).Draw(t, "owners")
	p.Accounts.SharedList = matching.DefaultPolicy().SharedList
	p.Accounts.AlsoShared = rapid.SliceOfN(rapid.StringMatching(`(\*\.)?[a-z]{1,6}\.com`), 0, 4).Draw(t, "shared")
	p.Accounts.NotShared = rapid.SliceOfN(rapid.SampledFrom([]string{"gmail.com", "gmx.de"}), 0, 2).Draw(t, "own")
	return p
}

func anyEscalation(t *rapid.T, currency string) escalation.Policy {
	p := wiregen.Of[escalation.Policy](nil).Draw(t, "policy")
	level := func(most int) escalation.Level { return escalation.Level(between(t, "level", 1, most)) }
	for _, k := range slices.Sorted(maps.Keys(escalation.DefaultPolicy().Kinds)) {
		p.Kinds[k] = level(4)
	}
	p.Reach = escalation.Reach{Standard: level(3), Simplified: level(3)}
	p.LargeFrom = amount(t, currency, "large")
	return p
}
