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
// booking.contributions, booking.company, booking.tables, list.twice, comp.role.unknown, booking.primary.two_sides,
// booking.primary.participant, booking.partners, booking.partner_share.missing, comp.contribution.unknown,
// [ContributionUpfront], [RateMissing], [RateTwo], booking.table.unknown, comp.rate.currency, [TableHistory],
// booking.share.missing, [ShareTotal], [SupportAbovePrimary].
func (p *Plan) Statement(b Booking) (Statement, error) {
	_, n := b.linesOf()
	return p.AppendStatement(make([]Line, 0, n), &b)
}

// AppendStatement is [Plan.Statement] with storage of the caller: the statement's Lines stand behind the
// lines of buf, in its storage where that has room, and do not include them. The booking is not changed and
// not kept. With room in buf, up to eight lines, one partner and no problem it allocates nothing.
func (p *Plan) AppendStatement(buf []Line, b *Booking) (Statement, error) {
	if err := p.made(); err != nil {
		return Statement{}, err
	}
	var s Statement
	err := p.statement(&s, nil, buf, b)
	return s, value.Below("booking", err)
}

// statement prices a booking into s, which is zero, in a run unless that is nil: a team that is asked once.
func (p *Plan) statement(s *Statement, r *Run, buf []Line, b *Booking) error {
	if b == nil {
		b = new(Booking)
	}
	var problems value.Errors
	var h head
	h.readAmounts(&problems, b)
	_, n := b.linesOf()
	lines := appended(buf, n)
	p.prepare(&problems, &h, lines, b, r)
	if r != nil {
		r.admit(&problems, lines, b)
	}
	if len(problems) > 0 {
		return problems
	}
	if n <= few {
		var claims [few]exact.Claim
		var due [few]exact.Due
		var pays [few]Amounts
		var pools [2]pool
		room := pools[:]
		if h.several {
			room = make([]pool, n)
		}
		p.priceOnce(lines, &h, claims[:n], room, due[:], pays[:], r)
	} else {
		p.priceOnce(lines, &h, make([]exact.Claim, n), make([]pool, n), make([]exact.Due, n), make([]Amounts, n), r)
	}
	return p.finish(s, r, &h, lines, b)
}

// finish makes a statement of priced lines, which a run that is not nil settles.
func (p *Plan) finish(s *Statement, r *Run, h *head, lines []Line, b *Booking) error {
	if r != nil {
		var err error
		if lines, err = r.settle(lines, b); err != nil {
			return err
		}
	}
	s.Booking, s.Model, s.Value, s.Quota, s.Date = b.ID, p.policy.Model, b.Value, h.larger(), b.Closed
	s.Projected, s.Deferred, s.Lines = h.projected, b.Deferred && !h.projected, lines
	return nil
}

// priceOnce sets the amounts of lines that are prepared.
func (p *Plan) priceOnce(
	lines []Line, h *head, claims []exact.Claim, pools []pool, due []exact.Due, pays []Amounts, r *Run,
) {
	s := shares{lines: lines, claims: claims, pools: pools}
	s.set(p, h)
	s.fill(p, lines, h, due, pays, r)
}

// fill sets the amounts of lines that are like those of the shares.
func (s *shares) fill(p *Plan, lines []Line, h *head, due []exact.Due, pays []Amounts, r *Run) {
	s.price(pays, due, &h.base)
	for i := range lines {
		p.complete(&lines[i], s, i, h.of(&lines[i]), pays, r)
	}
}

// of returns the base of a line: the quota value of its side, and for a company the deal's value.
func (h *head) of(l *Line) value.Money {
	if l.isCompany() {
		return h.base[0]
	}
	return h.base[l.Party.Side]
}

// statement prices a won booking of the team into s, which is zero, in a run.
func (t *Team) statement(s *Statement, r *Run, b *Booking) error {
	var problems value.Errors
	var h head
	h.readAmounts(&problems, b)
	lines := slices.Clone(t.lines)
	for i := range lines {
		if lines[i].Credited != AsCompanyFee {
			lines[i].Base = h.of(&lines[i])
		}
	}
	r.admit(&problems, lines, b)
	if len(problems) > 0 {
		return problems
	}
	var due [few]exact.Due
	var pays [few]Amounts
	if n := len(lines); n <= few {
		t.fill(t.plan, lines, &h, due[:], pays[:], r)
	} else {
		t.fill(t.plan, lines, &h, make([]exact.Due, n), make([]Amounts, n), r)
	}
	return t.plan.finish(s, r, &h, lines, b)
}

// appended returns n lines behind those of buf, in its storage where there is room.
func appended(buf []Line, n int) []Line {
	if room := cap(buf) - len(buf); room < n {
		return make([]Line, n)
	}
	return buf[len(buf) : len(buf)+n : len(buf)+n]
}

// bases holds the quota value of each side.
type bases [model.Vendor + 1]value.Money

// head holds the facts that a booking has once for all of its payees.
type head struct {
	base      bases
	origin    model.Source
	first     model.Side // the side whose payees come first
	primary   model.Side // the side of the primary payees; unset before the first of them
	projected bool
	several   bool // partners
	divides   bool // the partners divide the credit of their side
	lead      string
	brought   string // the partner that brought the deal, where a partner did
	parts     []PartnerShare
}

func (h *head) larger() value.Money {
	if h.base[model.Partner].Minor() > h.base[model.Vendor].Minor() {
		return h.base[model.Partner]
	}
	return h.base[model.Vendor]
}
