package comptest

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// groupKey identifies payees who share one credit.
type groupKey struct {
	party        model.Party
	role         comp.Role
	contribution comp.Contribution
}

// conservation prices each deal again with one rep in place of each group.
func conservation(lab *laboratory) []finding {
	return each(lab.deals, func(deal comp.Booking) []string {
		merged, groups := firstOfEach(deal)
		one, err := lab.alone(deal)
		two, other := lab.alone(merged)
		if err = errors.Join(err, other); err != nil {
			return []string{whyNot(err)}
		}
		several, alone := grouped(totals(one), groups), grouped(totals(two), groups)
		for _, head := range sorted(alone) {
			if a, b := several[head], alone[head]; !sameCredit(a, b) {
				return []string{
					"together with " + head + ": credit " + digits(a.QuotaCredit) + ", influenced " +
						digits(a.Influenced),
					"one alone: credit " + digits(b.QuotaCredit) + ", influenced " + digits(b.Influenced),
				}
			}
		}
		return nil
	})
}

// firstOfEach keeps the first rep of each group of a deal, and maps each rep to it; a joint origin is one group.
func firstOfEach(deal comp.Booking) (merged comp.Booking, groups map[string]string) {
	merged = deal
	merged.Payees = nil
	heads := map[groupKey]string{}
	groups = map[string]string{}
	joint := deal.Origin().Originator() == model.FromBoth
	for _, p := range deal.Payees {
		key := groupKey{p.Party, p.Role, p.Contribution}
		head, ok := heads[key]
		if !ok {
			head = p.Rep
			heads[key] = head
			p.Share = value.Percent{}
			merged.Payees = append(merged.Payees, p)
		}
		groups[p.Rep] = head
		if joint {
			groups[p.Rep] = deal.Payees[0].Rep
		}
	}
	return merged, groups
}

func grouped(sums map[string]comp.Amounts, groups map[string]string) map[string]comp.Amounts {
	all := map[string]comp.Amounts{}
	for rep, a := range sums {
		all[groups[rep]] = plus(all[groups[rep]], a)
	}
	return all
}

// mirror takes each deal back, at once and in two parts.
func mirror(lab *laboratory) []finding {
	return each(lab.deals, func(deal comp.Booking) []string {
		back := func(id string, amount value.Money) comp.Movement {
			return comp.Movement{ID: id, Of: deal.ID, Kind: comp.Reversed, Amount: amount, On: deal.Closed}
		}
		parts := [][]comp.Movement{{back("reversal", value.Money{})}}
		if third, err := value.NewMoney(deal.Value.Minor()/3, deal.Value.Currency()); err == nil && third.Sign() > 0 {
			parts = append(parts, []comp.Movement{back("reversal-1", third), back("reversal-2", value.Money{})})
		}
		for _, back := range parts {
			if shows := leaves(lab, deal, back); shows != nil {
				return append([]string{"taken back in " + counted(len(back), "part")}, shows...)
			}
		}
		return nil
	})
}

// leaves shows what payees keep of a deal that was taken back.
func leaves(lab *laboratory, deal comp.Booking, back []comp.Movement) []string {
	l, err := lab.alone(deal, back...)
	if err != nil {
		return []string{whyNot(err)}
	}
	sums := totals(l)
	var shows []string
	for _, rep := range sorted(sums) {
		if !sameAmounts(sums[rep], comp.Amounts{}) {
			shows = append(shows, rep+" keeps "+amountsText(sums[rep]))
		}
	}
	return shows
}

// permutation reverses the payees of each deal, and the deals.
func permutation(lab *laboratory) []finding {
	return compared(lab, lab.policy, turned(lab.deals), "in another order")
}

func turned(deals []comp.Booking) []comp.Booking {
	all := slices.Clone(deals)
	slices.Reverse(all)
	for i := range all {
		all[i].Payees = slices.Clone(all[i].Payees)
		slices.Reverse(all[i].Payees)
	}
	return all
}

// idempotence prices the deals again, and by the policy that is read from its text.
func idempotence(lab *laboratory) []finding {
	found := compared(lab, lab.policy, lab.deals, "the second time")
	text, err := canonical(lab.policy)
	if err != nil {
		return append(found, finding{says: whyNot(err)})
	}
	policy, err := comp.ParsePolicy([]byte(text))
	if err != nil {
		return append(found, finding{says: "the policy's own text: " + whyNot(err)})
	}
	return append(found, compared(lab, policy, lab.deals, "by the policy read from its text")...)
}

// compared finds the deals whose statements differ the second time.
func compared(lab *laboratory, policy comp.Policy, deals []comp.Booking, how string) []finding {
	one, err := lab.price(lab.policy, Bookings{Deals: lab.deals})
	two, other := lab.price(policy, Bookings{Deals: deals})
	if err = errors.Join(err, other); err != nil {
		return []finding{{says: whyNot(err)}}
	}
	var found []finding
	for i := range one.entries {
		a, b := &one.entries[i], &two.entries[i]
		if a.id == b.id && slices.Equal(a.statement.Lines, b.statement.Lines) {
			continue
		}
		shows := []string{"first:"}
		shows = append(shows, lineTexts(a)...)
		shows = append(append(shows, how+":"), lineTexts(b)...)
		says := a.id
		if a.deal != nil {
			says = dealText(*a.deal)
		}
		found = append(found, finding{says, shows})
	}
	return found
}

func lineTexts(e *entry) []string {
	texts := make([]string, len(e.statement.Lines))
	for i, l := range e.statement.Lines {
		texts[i] = "  " + l.Payee + "  " + amountsText(amountsOf(&l)) + "  " + l.Why()
	}
	return texts
}

// monotonicity prices each deal again, a minor unit and twice as large, and deals around every table's thresholds.
func monotonicity(lab *laboratory) []finding {
	var found []finding
	for _, deal := range lab.deals {
		larger := []comp.Booking{deal}
		for _, minor := range [...]int64{deal.Value.Minor() + 1, 2 * deal.Value.Minor()} {
			next := deal
			next.Value, _ = value.NewMoney(max(minor, larger[len(larger)-1].Value.Minor()), deal.Value.Currency())
			larger = append(larger, next)
		}
		found = append(found, falls(lab, larger)...)
	}
	for _, l := range ladders(lab.policy) {
		for _, f := range falls(lab, l.deals) {
			f.shows = append(f.shows, "the cause is "+l.path)
			found = append(found, f)
		}
	}
	return found
}

// falls finds deals that pay a payee less than the smaller deal before them; each is priced alone.
func falls(lab *laboratory, deals []comp.Booking) []finding {
	var before map[string]comp.Amounts
	var found []finding
	for i, deal := range deals {
		l, err := lab.alone(deal)
		if err != nil {
			return append(found, finding{dealText(deal), []string{whyNot(err)}})
		}
		sums := totals(l)
		for _, rep := range sorted(before) {
			if sums[rep].Commission.Minor() < before[rep].Commission.Minor() {
				found = append(found, finding{dealText(deal), []string{
					"of " + deals[i-1].Value.String() + " " + rep + " is paid " + before[rep].Commission.String(),
					"of " + deal.Value.String() + " " + rep + " is paid " + sums[rep].Commission.String(),
				}})
				break
			}
		}
		before = sums
	}
	return found
}

// support compares the supporters' credit of each party with the primary one's, also for a deal with every
// contribution.
func support(lab *laboratory) []finding {
	if lab.policy.Model != comp.RoleBased {
		return nil
	}
	return each(append(slices.Clone(lab.deals), lab.everyContribution()), func(deal comp.Booking) []string {
		l, err := lab.alone(deal)
		switch {
		case errors.Is(err, comp.SupportAbovePrimary):
			return nil
		case err != nil:
			return []string{whyNot(err)}
		}
		var primary value.Money
		supporting := map[model.Party]value.Money{}
		for _, line := range l.entries[0].statement.Lines {
			switch line.Credited {
			case comp.AsPrimary:
				primary = sum(primary, line.QuotaCredit)
			case comp.AsSupporting:
				supporting[line.Party] = sum(supporting[line.Party], line.QuotaCredit)
			}
		}
		for _, party := range slices.SortedFunc(maps.Keys(supporting), model.Party.Compare) {
			if credit := supporting[party]; credit.Minor() > primary.Minor() {
				return []string{"supporters are credited with " + credit.String() + ", the primary side with " +
					primary.String()}
			}
		}
		return nil
	})
}

// everyContribution returns a deal with a vendor's rep for each contribution of the policy, at most a hundred.
func (lab *laboratory) everyContribution() comp.Booking {
	amount, _ := value.NewMoney(100_000_000, lab.deals[0].Value.Currency())
	deal := comp.Booking{ID: "every-contribution", Value: amount, Closed: lab.deals[0].Closed,
		Source: model.FromPartner}
	rate := value.MustPercent("8%")
	deal.Payees = []comp.Payee{{Rep: "seller", Party: model.PartnerOrg("acme"), Role: comp.Primary, Rate: rate}}
	for i, id := range sorted(lab.policy.RoleBased.Contributions) {
		if i < 100 {
			deal.Payees = append(deal.Payees, comp.Payee{Rep: fmt.Sprint("supporter-", i+1),
				Party: model.VendorOrg("us"), Role: comp.Supporting, Contribution: id, Rate: rate})
		}
	}
	return deal
}
