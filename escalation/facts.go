package escalation

import (
	"slices"
	"strconv"
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const maxResized = 1000

// Facts holds the facts about a deal as they are known now; those after the instant of a question are ignored. A
// field may be zero unless its comment says that it is needed. Instants are of the years 1 to 9000.
type Facts struct {
	ID   string             // 1 to 256 bytes; needed except by [Rules.Route]
	Size model.PlaybookSize // of its playbook at the opening (esc.timeout); needed except by [Rules.Route]
	// when the deal went to the playbook of the other size; in any order; at most 1000
	Resized []time.Time

	// PartnerLead and VendorLead are the names of the lead reps, needed at level 1. On the roster they must be reps.
	PartnerLead, VendorLead string

	// PartnerExecutive and VendorExecutive are the names of the executives on the deal; empty: not yet.
	PartnerExecutive, VendorExecutive string
	ExecutivesAt                      time.Time // when the second of the two was named; needed where both are

	Opened time.Time     // when the deal opened; zero: before all other facts
	Ended  time.Time     // when it was won or lost; zero while it runs
	Holds  []value.Pause // in any order, times between a loss and its reopening included; at most 1000

	// ActiveSince is when the deal entered its stage or was resumed; zero: not active, so never stalled.
	ActiveSince time.Time
	Progress    time.Time // the last stage advance or required task done; zero: none
	Unanswered  time.Time // the oldest outbound contact without an answer; zero: none
	Answered    time.Time // the last contact from the prospect; zero: none

	// what the sides left undone, in any order
	Questions     []Owed // questions to a side that were late, since they were late
	Syncs         []Owed // days of syncs that passed without one, since their ends, until the next sync
	Confirmations []Owed // confirmations of support, since a side owed them
	Claims        []Owed // joint registrations that the other side had to confirm, since they were filed

	Amount   value.Money // zero or less: not known
	AmountAt time.Time   // from when on the deal has this amount; needed with Amount
	// from the currency of Amount to that of the policy's LargeFrom; needed where they differ
	Exchange value.ExchangeRate
}

// executivesNamed returns when both executives were named, or the zero time.
func (d Facts) executivesNamed() time.Time {
	if d.PartnerExecutive == "" || d.VendorExecutive == "" {
		return time.Time{}
	}
	return d.ExecutivesAt
}

// check makes the instants UTC and returns all problems of the facts but those of the lead reps.
func (d *Facts) check(p *Policy) error {
	var problems value.Errors
	if !isName(d.ID) {
		problems.Refuse("id", dealID, value.Quote(d.ID),
			"is no id of a deal; an id has 1 to 256 bytes of UTF-8 and is not blank")
	}
	problems.Add("size", d.Size.Check())
	d.checkResized(&problems)
	d.checkExecutives(&problems)
	for _, at := range [...]struct {
		path string
		t    *time.Time
	}{{"executives_at", &d.ExecutivesAt}, {"opened", &d.Opened}, {"ended", &d.Ended},
		{"active_since", &d.ActiveSince}, {"progress", &d.Progress}, {"unanswered", &d.Unanswered},
		{"answered", &d.Answered}, {"amount_at", &d.AmountAt}} {
		if !at.t.IsZero() {
			problems.Add(at.path, enter(at.t))
		}
	}
	d.checkOwed(&problems)
	holds, err := value.SortPauses(d.Holds)
	problems.Add("holds", err)
	d.Holds = holds
	if d.Amount.Sign() <= 0 {
		return problems.Err()
	}
	_, err = d.compareAmount(p.LargeFrom)
	problems.Add("exchange", err)
	if d.AmountAt.IsZero() {
		problems.Refuse("amount_at", "esc.deal.amount", "nothing", "says since when the deal has this amount")
	}
	return problems.Err()
}

// checkResized puts the changes of size in order.
func (d *Facts) checkResized(problems *value.Errors) {
	if n := len(d.Resized); n > maxResized {
		problems.Refuse("resized", "esc.deal.resized", strconv.Itoa(n)+" changes",
			"are more than a deal takes, which is "+strconv.Itoa(maxResized))
		return
	}
	d.Resized = slices.Clone(d.Resized)
	for i := range d.Resized {
		if err := enter(&d.Resized[i]); err != nil {
			problems.Add(value.Index("resized", i), err)
		}
	}
	slices.SortFunc(d.Resized, time.Time.Compare)
}

// reaches returns when, from an instant on, time moves a case up from a level by the playbook in force; false: never.
func (d *Facts) reaches(r Reach, level Level, from, asOf time.Time) (time.Time, bool) {
	at, size := sign{from: from}, d.Size
	for _, resized := range d.Resized {
		if resized.After(at.from) {
			if r.of(size) > level {
				return at.from, true
			}
			at.from = resized
			at.awake(d.Holds, asOf) // maybe after further resizes
		}
		size = model.Standard + model.Simplified - size // the other one
	}
	return at.from, r.of(size) > level
}

func (d *Facts) checkOwed(problems *value.Errors) {
	for _, list := range [...]struct {
		path string
		owed []Owed
	}{{"questions", d.Questions}, {"syncs", d.Syncs}, {"confirmations", d.Confirmations}, {"claims", d.Claims}} {
		for i := range list.owed {
			if err := list.owed[i].check(list.path == "syncs"); err != nil {
				problems.Add(value.Index(list.path, i), err)
			}
		}
	}
}

func (d *Facts) checkExecutives(problems *value.Errors) {
	for side, name := range [...]string{model.Partner: d.PartnerExecutive, model.Vendor: d.VendorExecutive} {
		if name != "" && !isName(name) {
			problems.Refuse(model.Side(side).String()+"_executive", dealExecutive, value.Quote(name),
				"is no name of a person")
		}
	}
	if d.PartnerExecutive == "" || d.VendorExecutive == "" {
		return
	}
	if d.PartnerExecutive == d.VendorExecutive {
		problems.Refuse("vendor_executive", dealExecutive, value.Quote(d.VendorExecutive),
			"stands on both sides; a person belongs to one company")
	}
	if d.ExecutivesAt.IsZero() {
		problems.Refuse("executives_at", dealExecutive, "nothing", "says when both executives were named")
	}
}

// compareAmount compares the amount with a bound, by the rate where the currencies differ.
func (d *Facts) compareAmount(bound value.Money) (int, error) {
	if d.Amount.Currency() == bound.Currency() {
		return d.Amount.Compare(bound), nil
	}
	return d.Exchange.CompareMoney(d.Amount, bound)
}

// enter makes an instant UTC without a monotonic reading, and refuses one outside the years 1 to 9000.
func enter(t *time.Time) error {
	*t = t.Round(0).UTC()
	return wire.CheckInstant(*t, "says when")
}
