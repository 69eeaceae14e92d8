package comp

import (
	"slices"

	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const (
	few       = 8         // payees, and twice the groups, that are priced without an allocation
	fullShare = exact.One // a share of 100 %
)

// Statement prices one booking; the caller owns the result. It reports all problems at once, as [value.Errors]
// with paths such as booking.payees[1].rate, and a zero statement; what the payees of a group have together (shares,
// support) is checked where each alone can be credited. A rate table that counts over a period needs a [Run].
//
// Errors: [BookingID], booking.value, booking.currency, booking.payees, those of [model.Origin.Check],
// [model.Party.Check] and [value.Percent.CheckPart], booking.origin.unknown, booking.rep, [RepTwoParties],
// booking.contributions, comp.role.unknown, booking.primary.two_sides, comp.contribution.unknown,
// [ContributionUpfront], [RateTwo], booking.table.unknown, comp.rate.currency, [TableHistory],
// booking.share.missing, [ShareTotal], [SupportAbovePrimary].
func (p *Plan) Statement(b Booking) (Statement, error) {
	return p.AppendStatement(make([]Line, 0, min(len(b.Payees), maxPayees)), &b)
}

// AppendStatement is [Plan.Statement] with storage of the caller: the statement's Lines stand behind the
// lines of buf, in its storage where that has room, and do not include them. The booking is not changed and
// not kept. With room in buf, up to eight payees and no problem it allocates nothing.
func (p *Plan) AppendStatement(buf []Line, b *Booking) (Statement, error) {
	var s Statement
	err := p.statement(&s, nil, buf, b)
	return s, err
}

// statement prices a booking into s, which is zero, in a run unless that is nil.
func (p *Plan) statement(s *Statement, r *Run, buf []Line, b *Booking) error {
	var problems value.Errors
	var h head
	p.readHead(&problems, &h, b)
	lines := appended(buf, min(len(b.Payees), maxPayees))
	complete := len(lines) == len(b.Payees)
	for i := range lines {
		complete = p.fill(&problems, &lines[i], &b.Payees[i], &h, i) && complete
		if b.Payees[i].Table != "" {
			p.fillTable(&problems, &lines[i], &b.Payees[i], r, i)
		}
	}
	if complete {
		p.checkGroups(&problems, lines)
	}
	slices.SortFunc(lines, func(a, b Line) int { return h.order(&a, &b) })
	checkReps(&problems, lines, b)
	if r != nil {
		r.admit(&problems, lines, b)
	}
	if len(problems) > 0 {
		return value.Below("booking", problems)
	}
	p.divide(lines, &h)
	zero := take(0, b.Value)
	for i := range lines {
		p.pay(&lines[i], zero, r)
	}
	if r != nil {
		var err error
		if lines, err = r.settle(lines, b); err != nil {
			return value.Below("booking", err)
		}
	}
	s.Booking, s.Model, s.Value, s.Quota, s.Date = b.ID, p.policy.Model, b.Value, h.larger(), b.Closed
	s.Projected, s.Lines = h.projected, lines
	return nil
}

// appended returns n lines behind those of buf, in its storage where there is room.
func appended(buf []Line, n int) []Line {
	if room := cap(buf) - len(buf); room < n {
		return make([]Line, n)
	}
	return buf[len(buf) : len(buf)+n : len(buf)+n]
}

// head holds the facts that a booking has once for all of its payees.
type head struct {
	base      [model.Vendor + 1]value.Money // quota value by side
	origin    model.Source
	first     model.Side // the side whose payees come first
	primary   model.Side // the side of the primary payees; unset before the first of them
	projected bool
	halved    bool // each side originates one half
}

func (h *head) larger() value.Money {
	if h.base[model.Partner].Minor() > h.base[model.Vendor].Minor() {
		return h.base[model.Partner]
	}
	return h.base[model.Vendor]
}

// divide sets the shown credit of every line: a side's is rounded once, and its parts total it (comp.conserve).
func (p *Plan) divide(lines []Line, h *head) {
	for start := 0; start < len(lines); {
		end := start + 1
		for end < len(lines) && lines[end].Party.Side == lines[start].Party.Side {
			end++
		}
		if mode := p.sideMode(lines[start].Party.Side, h); end-start > 1 {
			divideSide(lines[start:end], mode)
		} else {
			p.creditAlone(&lines[start], mode)
			lines[start].Leftover = h.halved && 2*lines[start].QuotaCredit.Minor() > lines[start].Base.Minor()
		}
		start = end
	}
}

// sideMode returns the policy's rounding; of two halves the first side's is rounded up and the other's down, so
// that they total the deal and neither depends on what the other side states.
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

// creditAlone sets the shown credit of the only rep of a side, whose share is 100 %.
func (p *Plan) creditAlone(l *Line, m exact.Mode) {
	if l.Percent == p.full {
		l.QuotaCredit = l.Base
		return
	}
	l.QuotaCredit = take(exact.Part(l.Base.Minor(), l.Percent.Millionths(), m), l.Base)
}

func divideSide(pool []Line, m exact.Mode) {
	base := pool[0].Base
	var fewShares [few]exact.Share
	shares := fewShares[:min(len(pool), few)]
	if len(pool) > few {
		shares = make([]exact.Share, len(pool))
	}
	for i := range pool {
		shares[i].Weight = uint64(pool[i].weight())
	}
	exact.Apportion(base.Minor(), shares, m)
	for i := range pool {
		pool[i].QuotaCredit, pool[i].Leftover = take(shares[i].Part, base), shares[i].Leftover
	}
}

// weight returns the part of the side's quota value that the payee gets, in units of exact.One squared.
func (l *Line) weight() int64 { return l.Percent.Millionths() * l.Share.Millionths() }

// pay sets the commission, which is computed from the exact credit, and the influenced credit.
func (p *Plan) pay(l *Line, zero value.Money, r *Run) {
	l.Influenced, l.Commission = zero, zero
	if l.Credited == AsInfluencer {
		l.Influenced = l.QuotaCredit
		if !p.policy.Origination.InfluencedCountsTowardQuota {
			l.QuotaCredit = zero
		}
		if !p.policy.Origination.InfluencedPaysCommission {
			return
		}
	}
	var t *table
	if l.Table != "" {
		t = p.tables[l.Table]
	}
	if t == nil || p.payByTable(l, t, r) {
		base, rate := l.Base.Minor(), l.Rate.Millionths()
		if l.Share == p.full {
			l.Commission = take(exact.Part2(base, l.Percent.Millionths(), rate, p.mode), l.Base)
		} else {
			l.Commission = take(exact.Part3(base, l.weight(), rate, p.mode), l.Base)
		}
	}
	if t != nil {
		t.holdDeal(l)
		t.holdPeriod(l, r)
	}
}

// take returns a part of base, which is known not to be larger than base.
func take(minor int64, base value.Money) value.Money {
	part, _ := base.Take(minor)
	return part
}
