package comp

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// PartnerShare is the part of the partner side's credit that one of several partners gets under [Split], unless the
// policy credits each party ([Policy].SplitByParty). The shares of a deal total 100 %, and each party divides its own
// part among its reps. All who share see them. The zero value is refused.
type PartnerShare struct {
	Party model.Party   `json:"party" wire:"needed"`          // one of the partners, each once
	Share value.Percent `json:"share" wire:"needed,set,part"` // 0 % to 100 %
}

const (
	maxPartners             = 21 // one that leads and 20 participants
	partnersCode value.Code = "booking.partners"
)

// mayLead reports whether reps of a party may be primary: those of the vendor and of the partner that leads.
func (b *Booking) mayLead(p model.Party) bool {
	return b.LeadPartner == "" || p.Side == model.Vendor || p.Org == b.LeadPartner
}

// oneOnly reports whether a booking says nothing of several partners.
func (b *Booking) oneOnly() bool {
	return b.LeadPartner == "" && b.BroughtBy == "" && len(b.PartnerShares) == 0
}

// readPartners checks what a booking says of several partners, and puts it into h.
func (p *Plan) readPartners(problems *value.Errors, h *head, b *Booking) {
	h.several, h.lead, h.brought = b.LeadPartner != "", b.LeadPartner, cmp.Or(b.BroughtBy, b.LeadPartner)
	if !h.several {
		const want = "says which of several partners leads; name its organisation"
		problems.Refuse("lead_partner", partnersCode, "nothing", want)
	}
	b.checkNamed(problems, "lead_partner", b.LeadPartner)
	b.checkNamed(problems, "brought_by", b.BroughtBy)
	if len(b.PartnerShares) > 0 {
		checkPartnerShares(problems, b.PartnerShares)
	}
	h.divides = h.several && p.policy.Model == Split && !p.policy.SplitByParty
	if h.divides {
		h.parts = slices.Clone(b.PartnerShares)
		slices.SortStableFunc(h.parts, func(x, y PartnerShare) int { return x.Party.Compare(y.Party) })
	}
}

// checkNamed refuses an organisation that cannot be one of the partners: a misspelt one would have nobody's credit.
func (b *Booking) checkNamed(problems *value.Errors, field, org string) {
	n := len(b.PartnerShares)
	switch {
	case org == "":
	case len(org) > maxID:
		problems.Add(field, checkID(partnersCode, org))
	case slices.ContainsFunc(b.Payees, func(p Payee) bool { return p.Party == model.VendorOrg(org) }):
		const want = "is the vendor of a payee; name the organisation of a partner"
		problems.Refuse(field, partnersCode, value.Quote(org), want)
	case n > 0 && n <= maxPartners && !slices.ContainsFunc(b.PartnerShares,
		func(s PartnerShare) bool { return s.Party == model.PartnerOrg(org) }):
		const want = "is none of the partners who share; name one of them, or state its share, which may be 0%"
		problems.Refuse(field, partnersCode, value.Quote(org), want)
	}
}

// checkPartnerShares refuses shares that are malformed, or do not total 100 %.
func checkPartnerShares(problems *value.Errors, shares []PartnerShare) {
	const field = "partner_shares"
	before := len(*problems)
	if n := len(shares); n > maxPartners {
		want := "are given; a deal has at most " + strconv.Itoa(maxPartners) + " partners"
		problems.Refuse(field, partnersCode, strconv.Itoa(n)+" shares", want)
		return
	}
	var total int64
	for i := range shares {
		s := &shares[i]
		if err := s.check(shares[:i]); err != nil { // the path is not made for nothing
			problems.Add(value.Index(field, i), err)
		}
		total += s.Share.Millionths()
	}
	if len(*problems) == before && total != fullShare {
		problems.Add(field, shareTotal(total))
	}
}

func (s *PartnerShare) check(before []PartnerShare) error {
	var problems value.Errors
	if s.Share.IsZero() || outsidePart(s.Share) {
		problems.Add("", wire.Check(s))
	}
	switch {
	case !s.Party.Side.IsValid() || s.Party.Org == "":
		problems.Add("party", s.Party.Check())
	case s.Party.Side != model.Partner:
		problems.Refuse("party", partnersCode, value.Quote(s.Party.String()), "shares with nobody on its side")
	case slices.ContainsFunc(before, func(o PartnerShare) bool { return o.Party == s.Party }):
		problems.Refuse("party", wire.Twice, value.Quote(s.Party.String()), "stands twice")
	}
	return problems.Err()
}

// ShareChange is the event that changes how the partners of a deal share the credit of their side.
type ShareChange struct {
	Shares          []PartnerShare // the new ones, which total 100 %
	model.Agreement                // the person who changes them, the instant, and the consents
}

// ChangeShares replaces the shares of the partners, which needs the consent of each partner of the deal, for first
// shares too: of each that has a share or gets one, leads, brought the deal, or has a rep among the payees. recorded is
// the instant at which the present shares were agreed, zero if unknown; earlier consents do not count. Shares are
// settled at won: a booking that is closed is refused (booking.partners), and so is one that names no lead partner.
// Other errors: those of shares of [Plan.Statement] and of [model.Agreement.Check], all at once, below "change". b is
// not changed, and the decision shares no slice with it.
func (b Booking) ChangeShares(c ShareChange, recorded time.Time) (BookingDecision, error) {
	b = b.clone()
	var problems value.Errors
	switch {
	case b.LeadPartner == "":
		problems.Refuse("", partnersCode, "the booking", "has one partner, which shares with nobody")
	case !b.Closed.IsZero():
		problems.Refuse("", partnersCode, "the deal", "was won on "+b.Closed.String()+"; shares are settled at won")
	}
	if len(c.Shares) == 0 {
		problems.Refuse("partner_shares", partnersCode, "nothing", "says how the partners share")
	} else {
		checkPartnerShares(&problems, c.Shares)
	}
	parties := b.sharing(c.Shares)
	problems.Add("", c.Agreement.CheckAmong(among(parties)))
	if len(problems) > 0 {
		return BookingDecision{Booking: b}, value.Below("change", problems)
	}
	if missing := c.Missing(recorded, parties...); len(missing) > 0 {
		return BookingDecision{Booking: b, Missing: missing}, nil
	}
	b.PartnerShares = slices.Clone(c.Shares)
	return BookingDecision{Booking: b}, nil
}

// sharing returns the partners of a deal as the booking and its new shares know them, in order; nil where one partner
// does not share.
func (b *Booking) sharing(shares []PartnerShare) (parties []model.Party) {
	if b.LeadPartner == "" {
		return nil
	}
	parties = append(parties, model.PartnerOrg(b.LeadPartner))
	if b.BroughtBy != "" {
		parties = append(parties, model.PartnerOrg(b.BroughtBy))
	}
	for _, s := range slices.Concat(b.PartnerShares, shares) {
		parties = append(parties, s.Party)
	}
	for i := range b.Payees {
		if p := &b.Payees[i]; p.Party.Side == model.Partner && !p.Company {
			parties = append(parties, p.Party)
		}
	}
	slices.SortFunc(parties, model.Party.Compare)
	return slices.Compact(parties)
}

// among returns several parties as those of a deal; none, so that the first ones met are, where there are none.
func among(parties []model.Party) *model.Parties {
	var known model.Parties
	if len(parties) > 0 {
		known.Partners = &model.Partners{}
	}
	for _, p := range parties {
		if p.Side == model.Partner {
			known.Partners.All = append(known.Partners.All, model.Participant{Party: p})
		}
	}
	return &known
}

// creditShare gives a line the part of its party in the credit of its side; false where none is stated.
func (p *Plan) creditShare(problems *value.Errors, l *Line, h *head, i int) bool {
	at := h.partOf(l.Party)
	if at < 0 {
		const want = "has no part of the partners' credit; state the share of each partner when the model is set"
		problems.Refuse(payeePath(i, "party"), "booking.partner_share.missing", value.Quote(l.Party.String()), want)
		return false
	}
	l.Percent = h.parts[at].Share
	return true
}

func (h *head) partOf(p model.Party) int {
	return slices.IndexFunc(h.parts, func(s PartnerShare) bool { return s.Party == p })
}

// apart reports whether two lines in order are of two parties.
func (h *head) apart(l, before *Line) bool {
	return l.Party.Side != before.Party.Side || h.several && l.Party.Org != before.Party.Org
}

// divide notes which part of the partner side's credit each pool has.
func (s *shares) divide(h *head) {
	parts := make([]uint64, len(h.parts))
	for i := range parts {
		parts[i] = uint64(h.parts[i].Share.Millionths())
	}
	s.parts = parts
	for i := range s.pools {
		if pool := &s.pools[i]; pool.side == model.Partner {
			pool.part, pool.divided = h.partOf(s.lines[pool.from].Party), true
		}
	}
}

// modes returns how the credit of each partner is rounded so that their parts total an amount (comp.conserve): which
// parties have payees, and how they divide their part, makes no difference.
func (s *shares) modes(minor int64) []exact.Mode {
	parts := make([]int64, len(s.parts))
	exact.Divide(minor, s.parts, parts)
	modes := make([]exact.Mode, len(parts))
	for i, part := range parts {
		whole := exact.NewFraction(int64(s.parts[i])*exact.One, exact.One)
		if modes[i] = exact.TowardZero; part > whole.Of(minor, exact.TowardZero) {
			modes[i] = exact.AwayFromZero
		}
	}
	return modes
}

// checkSeveral refuses an id that stands twice among the lines of several partners, and a second vendor.
func checkSeveral(problems *value.Errors, lines []Line, b *Booking) {
	ids := make([]*Line, 0, len(lines))
	var vendor model.Party
	for i := range lines {
		l := &lines[i]
		if !l.Added && l.Payee != "" && (l.Party.Side.IsValid() || l.isCompany()) {
			ids = append(ids, l)
		}
		if l.Party.Side != model.Vendor || l.Party.Org == "" || l.isCompany() {
			continue
		}
		if vendor = cmp.Or(vendor, l.Party); l.Party != vendor {
			problems.Add(pathOf(b, l, "party"), twoSellers(vendor, l.Party))
		}
	}
	slices.SortStableFunc(ids, func(x, y *Line) int { return cmp.Compare(x.Payee, y.Payee) })
	for i := 1; i < len(ids); i++ {
		if one, two := ids[i-1], ids[i]; one.Payee == two.Payee {
			problems.Add(pathOf(b, two, "rep"), sameRep(one, two))
		}
	}
}
