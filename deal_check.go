package coselling

import (
	"maps"
	"slices"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

const (
	maxDealID = 256 // bytes of its id, its partner and its vendor
	maxPeople = 10_000
)

// Check returns every problem that makes a deal malformed, so that nothing can be
// answered: no id, partner, vendor or opening day ([DealID], [DealDay]); an instant
// outside the years 1 to 9999 ([FactInstant]); text that is not UTF-8 or above 4,096
// bytes ([FactText]); a number that is none of a closed enumeration (the code of its
// parse function); more than 10,000 people or 1,000 payees, reps, ids or names of a list
// ([FactExcess]). What merely lacks or contradicts is for the part of the answer that
// reads it, which [View.Missing] tells.
func (d Deal) Check() error {
	var problems value.Errors
	problems.Add("id", checkID(DealID, d.ID, maxDealID))
	problems.Add("partner", checkID(DealID, d.Partner, maxDealID))
	problems.Add("vendor", checkID(DealID, d.Vendor, maxDealID))
	problems.Add("account", checkText(d.Account))
	problems.Add("amount_at", checkYear(d.AmountAt))
	problems.Add("opening", checkOpening(&d.Opening))
	problems.Add("signals", checkSignals(&d.Signals))
	problems.Add("team", checkTeam(&d.Team))
	checkEach(&problems, "payees", d.Payees, maxList, checkPayee)
	checkEach(&problems, "people", d.People, maxPeople, checkMember)
	problems.Add("zone", checkText(d.Zone))
	problems.Add("agreed", checkYear(d.Agreed))
	checkTexts(&problems, "scope.products", d.Scope.Products)
	checkTexts(&problems, "scope.regions", d.Scope.Regions)
	checkTexts(&problems, "registrations", d.Registrations)
	problems.Add("partner_executive", checkText(d.PartnerExecutive))
	problems.Add("vendor_executive", checkText(d.VendorExecutive))
	problems.Add("executives_at", checkYear(d.ExecutivesAt))
	return problems.Err()
}

func checkOpening(o *stage.Opening) error {
	var problems value.Errors
	if o.Day.IsZero() {
		problems.Add("day", value.NewError(DealDay, "nothing", "says on which day the deal opened"))
	}
	problems.Add("engagement", checkNumber(model.EngagementUnknown, o.Engagement, model.TrueCoSell))
	problems.Add("size", checkNumber(model.SizeUnknown, o.Size, model.Simplified))
	problems.Add("stage", checkText(string(o.Stage)))
	problems.Add("at", checkYear(o.At))
	problems.Add("from", checkText(o.From))
	return problems.Err()
}

func checkSignals(s *model.Signals) error {
	var problems value.Errors
	problems.Add("source", checkNumber(model.SourceUnknown, s.Source, model.FromBoth))
	for _, row := range [...]struct {
		path   string
		answer model.Answer
	}{
		{"partner_relationship", s.PartnerRelationship}, {"partner_trusted", s.PartnerTrusted}, {"product_addon", s.ProductAddon},
		{"vendor_customer", s.VendorCustomer}, {"product_primary", s.ProductPrimary}, {"equal_products", s.EqualProducts},
		{"no_relationship", s.NoRelationship}, {"both_engaged", s.BothEngaged},
	} {
		problems.Add(row.path, checkNumber(model.AnswerUnknown, row.answer, model.Yes))
	}
	return problems.Err()
}

func checkTeam(t *model.Team) error {
	var problems value.Errors
	checkEach(&problems, "reps", t.Reps, maxList, func(r *model.Rep) error {
		var problems value.Errors
		problems.Add("id", checkText(r.ID))
		problems.Add("party", checkParty(&r.Party))
		return problems.Err()
	})
	problems.Add("assigned", checkAssigned(t.Assigned))
	problems.Add("consulted", checkAssigned(t.Consulted))
	return problems.Err()
}

func checkAssigned(people map[model.Responsibility][]string) error {
	if len(people) == 0 {
		return nil
	}
	if len(people) > maxList {
		return tooMany(len(people), maxList)
	}
	var problems value.Errors
	for _, r := range slices.Sorted(maps.Keys(people)) {
		path := string(r)
		if err := checkText(path); err != nil {
			path = value.Quote(path)
			problems.Add(path, err)
		}
		checkTexts(&problems, path, people[r])
	}
	return problems.Err()
}

func checkPayee(p *comp.Payee) error {
	var problems value.Errors
	problems.Add("rep", checkText(p.Rep))
	problems.Add("party", checkParty(&p.Party))
	problems.Add("role", checkNumber(comp.RoleUnknown, p.Role, comp.Supporting))
	problems.Add("contribution", checkText(string(p.Contribution)))
	checkTexts(&problems, "also_contributed", p.AlsoContributed)
	problems.Add("table", checkText(string(p.Table)))
	return problems.Err()
}

func checkMember(p *comms.Person) error {
	var problems value.Errors
	problems.Add("name", checkText(p.Name))
	problems.Add("side", checkNumber(model.SideUnknown, p.Side, model.Vendor))
	checkTexts(&problems, "addresses", p.Addresses)
	problems.Add("from", checkYear(p.From))
	problems.Add("until", checkYear(p.Until))
	return problems.Err()
}
