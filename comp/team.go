package comp

import (
	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Team is the payees of a deal, checked and ready to price any number of deals that differ in nothing but id, day,
// value and quota values. Its lines are one for each payee and each added table, in the order of a [Statement]: the
// originating side first, companies last, then the lower id. A team is immutable and safe for concurrent use. Make it
// with [Plan.Prepare]; the zero value and nil are no teams.
type Team struct {
	plan *Plan
	shares
}

// Prepare does once for a team what does not depend on amounts: it checks the payees and sets their order, shares,
// percentages and rates. Of the booking it reads the payees, Source and Registrant, whether it is won, and, where
// Value is set, its currency, which that of rate tables must be. It does not keep the booking. Errors are those of
// [Plan.Statement] for the payees and the origin, all at once, such as [TableHistory].
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
	t := &Team{p, shares{lines: make([]Line, n), claims: make([]exact.Claim, n)}}
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
		p.checkGroups(problems, lines[:n])
	}
	if all > n {
		expand(lines, b.Payees)
	}
	h.sort(lines)
	checkReps(problems, lines, b)
}

// shares says how the lines of a team divide the quota values of their sides.
type shares struct {
	lines     []Line        // of a team without amounts
	claims    []exact.Claim // by line; without pay where a table prices the line
	pools     [2]pool       // of the sides, in the order of the lines
	halved    bool          // each side originates one half
	plain     bool          // no line is influenced, without commission, of a company or paid by a table
	mode      exact.Mode
	companies bool // a line is of a company
	counts    bool // influenced credit counts toward quota
}

// pool is the lines of one side. They divide its credit, which is rounded once (comp.conserve); the commission is
// computed from the exact credit.
type pool struct {
	exact.Pool
	side     model.Side
	from, to int
	divided  bool // among several payees
}

// set fills in the claims of lines that are in order, and their pools.
func (s *shares) set(p *Plan, h *head) {
	lines, claims := s.lines, s.claims
	s.halved, s.plain, s.counts = h.halved, true, p.policy.Origination.InfluencedCountsTowardQuota
	s.mode = p.mode
	second, reps := 0, 0
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
		reps = i + 1
		claims[i].Credit, claims[i].Pay = exact.NewFraction(weight, exact.One), exact.NewFraction(weight, rate)
		if l.Party.Side == lines[0].Party.Side {
			second = i + 1
		}
	}
	s.pools[0].to, s.pools[1].from, s.pools[1].to = second, second, reps
	s.pools[0].side, s.pools[1].side = lines[0].Party.Side, lines[0].Party.Side.Other()
	for i := range s.pools {
		l := &s.pools[i]
		for j := l.from + 1; j < l.to; j++ {
			l.divided = l.divided || !lines[j].Added
		}
		l.Pool = exact.NewPool(claims[l.from:l.to], p.sideMode(l.side, h), p.mode)
	}
}

// sideMode returns the rounding of a side's credit: that of the policy. Of two halves the
// first side's is rounded up and the other's down, so that they total the deal, and
// neither depends on anything that the other side states.
func (p *Plan) sideMode(side model.Side, h *head) exact.Mode {
	switch {
	case !h.halved:
		return p.mode
	case side == h.first:
		return exact.HalfAwayFromZero
	default:
		return exact.TowardZero
	}
}

// weight returns the part of the side's quota value that the payee gets, in units of exact.One squared.
func (l *Line) weight() int64 { return l.Percent.Millionths() * l.Share.Millionths() }

// price sets what each line gets of the quota values of the sides; a line paid by a table has no commission yet.
// There is room for the dues of as many lines as stand on one side.
func (s *shares) price(pays []Amounts, due []exact.Due, base *bases) {
	for i := range s.pools {
		pool := &s.pools[i]
		if pool.from == pool.to { // only one side has payees
			continue
		}
		base := base[pool.side]
		pool.Of(base.Minor(), s.claims[pool.from:pool.to], due)
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
	if i >= pool.to {
		pool = &s.pools[1]
	}
	credited := pays[first].QuotaCredit.Minor() // which is zero where the influenced credit counts alone
	if l.Credited == AsInfluencer {
		credited = pays[first].Influenced.Minor()
	}
	l.Leftover = (s.halved || l.Added || pool.divided) &&
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
