package comp

import (
	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Team is the payees of a deal, checked and ready to price any number of deals that differ in nothing but id, day,
// value and quota values. Its lines are one for each payee and each added table, in the order of a [Statement]: the
// originating side first, companies last, of several partners the lower organisation, then the lower id. A team is
// immutable and safe for concurrent use. Make it with [Plan.Prepare]; the zero value and nil are no teams.
type Team struct {
	plan *Plan
	shares
}

// Prepare does once for a team what does not depend on amounts: it checks the payees and sets their order, shares,
// percentages and rates. Of the booking it reads the payees, Source and Registrant, which partners lead, brought the
// deal and share, whether it is won, and, where Value is set, its currency, which that of rate tables must be. It does
// not keep the booking. Errors are those of [Plan.Statement] for the payees and the origin, all at once, such as
// [TableHistory].
func (p *Plan) Prepare(b Booking) (*Team, error) {
	if err := p.made(); err != nil {
		return nil, err
	}
	t, err := p.team(&b, nil)
	return t, value.Below("booking", err)
}

// team prepares the payees of a booking; for a run that is not nil, rates may count over a period.
func (p *Plan) team(b *Booking, r *Run) (*Team, error) {
	_, n := b.linesOf()
	t := &Team{p, shares{lines: make([]Line, n), claims: make([]exact.Claim, n), pools: make([]pool, max(n, 2))}}
	h := head{base: bases{b.Value, b.Value, b.Value}}
	var problems value.Errors
	p.prepare(&problems, &h, t.lines, b, r)
	if len(problems) > 0 {
		return nil, problems
	}
	t.shares.set(p, &h)
	return t, nil
}

// prepare checks the payees of a booking and fills in their lines, one for each and each added table, in the order of a
// statement.
// In a run that is not nil, rates may count over a period. The head has the bases of the sides.
func (p *Plan) prepare(problems *value.Errors, h *head, lines []Line, b *Booking, r *Run) {
	p.readTeam(problems, h, b)
	n, all := b.linesOf()
	for i := range n {
		l, payee := &lines[i], &b.Payees[i]
		if !p.fill(problems, l, payee, h, i) {
			l.Credited = 0
		}
		if payee.Table != "" {
			p.checkTables(problems, payee, l.Base.Currency(), r, i)
		}
	}
	if n == len(b.Payees) {
		p.checkGroups(problems, lines[:n], h.several)
	}
	if all > n {
		expand(lines, b.Payees)
	}
	h.sort(lines)
	h.checkReps(problems, lines, b)
}

// shares says how the lines of a team divide the quota values of their sides.
type shares struct {
	lines     []Line        // of a team without amounts
	claims    []exact.Claim // by line; without pay where a table prices the line
	pools     []pool        // of the parties, in the order of the lines
	parts     []uint64      // of the partner side's credit that its parties divide, by party; nil: each has all
	plain     bool          // no line is influenced, without commission, of a company or paid by a table
	mode      exact.Mode
	companies bool // a line is of a company
	counts    bool // influenced credit counts toward quota
}

// pool is the lines of one party. They divide its credit, which is rounded once (comp.conserve); the commission is
// computed from the exact credit.
type pool struct {
	exact.Pool
	side     model.Side
	from, to int
	part     int  // its place among the parts of its side
	divided  bool // among several payees or parties
}

// set fills in the claims of lines that are in order, and their pools, for which there is room.
func (s *shares) set(p *Plan, h *head) {
	lines, claims := s.lines, s.claims
	s.plain, s.counts, s.mode = true, p.policy.Origination.InfluencedCountsTowardQuota, p.mode
	n := 0 // pools
	for i := range lines {
		l := &lines[i]
		weight, rate := l.weight(), l.Rate.Millionths()
		if l.Credited == AsInfluencer || l.Table != "" || l.Rate.IsZero() || l.isCompany() {
			s.plain = false
			if l.Table != "" || !p.pays(l) {
				rate = 0
			}
			if l.Added { // another line has the credit
				weight = 0
			}
		}
		if l.isCompany() {
			claims[i].Pay, s.companies = exact.NewFraction(weight, rate), true
			continue
		}
		claims[i].Credit, claims[i].Pay = exact.NewFraction(weight, exact.One), exact.NewFraction(weight, rate)
		if n == 0 || h.apart(l, &lines[i-1]) {
			s.pools[n] = pool{side: l.Party.Side, from: i}
			n++
		} else if !l.Added {
			s.pools[n-1].divided = true
		}
		s.pools[n-1].to = i + 1
	}
	s.pools = s.pools[:n]
	for i := range s.pools {
		l := &s.pools[i]
		l.Pool = exact.NewPool(claims[l.from:l.to], p.poolMode(&lines[l.from], h), p.mode)
	}
	if h.divides {
		s.divide(h)
	}
}

// poolMode returns the rounding of a party's credit: that of the policy. Of two halves that of the first side is
// rounded up and the other down, so that they total the deal, and neither depends on anything that the other side
// states.
func (p *Plan) poolMode(l *Line, h *head) exact.Mode {
	switch {
	case l.Credited != AsJointOriginator:
		return p.mode
	case l.Party.Side == h.first:
		return exact.HalfAwayFromZero
	default:
		return exact.TowardZero
	}
}

// weight returns the part of the side's quota value that the payee gets, in units of exact.One squared.
func (l *Line) weight() int64 { return l.Percent.Millionths() * l.Share.Millionths() }

// price sets what each line gets of the quota values of the sides; a line paid by a table has no commission yet.
// There is room for the dues of as many lines as one party has.
func (s *shares) price(pays []Amounts, due []exact.Due, base *bases) {
	var modes []exact.Mode
	if len(s.parts) > 0 {
		modes = s.modes(base[model.Partner].Minor())
	}
	for i := range s.pools {
		pool := &s.pools[i]
		base, divide := base[pool.side], pool.Pool
		if modes != nil && pool.side == model.Partner {
			divide = divide.Rounded(modes[pool.part])
		}
		divide.Of(base.Minor(), s.claims[pool.from:pool.to], due)
		zero, _ := base.Take(0)
		pays := pays[pool.from:pool.to]
		for i := range pays {
			pays[i].QuotaCredit, _ = base.Take(due[i].Credit)
			pays[i].Influenced = zero
			pays[i].Commission, _ = base.Take(due[i].Pay)
		}
	}
	if s.plain {
		return
	}
	for i := range s.lines {
		pay, l := &pays[i], &s.lines[i]
		switch {
		case l.isCompany():
			base := base[0]
			if l.Credited == AsCompanyFee {
				base = l.Base
			}
			zero, _ := base.Take(0)
			*pay = Amounts{zero, zero, take(s.claims[i].Pay.Of(base.Minor(), s.mode), base)}
		case l.Credited == AsInfluencer:
			pay.Influenced = pay.QuotaCredit
			if !s.counts {
				pay.QuotaCredit, _ = pay.QuotaCredit.Take(0)
			}
		}
		if l.creditOnly() {
			pay.Commission = value.Money{}
		}
	}
}

// complete gives the i-th line, which has no amounts yet, what it gets of the quota value of its side. A table sets
// its rate and commission, in a run unless that is nil. Lines of added tables stand behind that with the credit.
func (p *Plan) complete(l *Line, s *shares, i int, base value.Money, pays []Amounts, r *Run) {
	pay := &pays[i]
	if l.Credited != AsCompanyFee {
		l.Base = base
	}
	l.QuotaCredit, l.Influenced, l.Commission = pay.QuotaCredit, pay.Influenced, pay.Commission
	if l.isCompany() {
		return
	}
	first := i
	for s.lines[first].Added {
		first--
	}
	pool := &s.pools[0]
	for at := 1; i >= pool.to; at++ {
		pool = &s.pools[at]
	}
	credited := pays[first].QuotaCredit.Minor() // which is zero where the influenced credit counts alone
	if l.Credited == AsInfluencer {
		credited = pays[first].Influenced.Minor()
	}
	l.Leftover = (l.Credited == AsJointOriginator || l.Added || pool.divided) &&
		credited > s.claims[first].Credit.Of(base.Minor(), exact.TowardZero)
	if l.Table != "" && p.pays(l) {
		p.payByTable(l, r)
	}
}

// take returns a part of base, which is known not to be larger than base.
func take(minor int64, base value.Money) value.Money {
	part, _ := base.Take(minor)
	return part
}
