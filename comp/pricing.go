package comp

import (
	"cmp"
	"slices"

	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// fewPayees is how many payees are worked on without allocating.
const fewPayees = 8

// fullShare is a share of 100 %.
const fullShare = exact.One

// Statement prices one booking. Problems of the booking are reported all at once,
// as [value.Errors] with paths below "booking"; the statement is then zero. The
// result belongs to the caller.
func (p *Plan) Statement(b Booking) (Statement, error) {
	return p.AppendStatement(make([]Line, 0, min(len(b.Payees), maxPayees)), b)
}

// AppendStatement is [Plan.Statement] with lines that are appended to buf; the
// statement's Lines are the appended part alone. With room in buf, up to eight
// payees and no problem it allocates nothing.
func (p *Plan) AppendStatement(buf []Line, b Booking) (Statement, error) {
	var problems value.Errors
	var h head
	p.head(&h, &problems, &b)
	start := len(buf)
	if n := len(b.Payees); n <= maxPayees {
		buf = slices.Grow(buf, n)[:start+n]
	}
	lines := buf[start:]
	for i := range lines {
		p.fill(&problems, &lines[i], &b, &h, i)
	}
	if len(problems) == 0 {
		h.sort(lines)
		checkGroups(&problems, lines, &b)
	}
	if len(problems) > 0 {
		return Statement{}, value.In("booking", problems)
	}
	p.divide(lines, &h)
	for i := range lines {
		p.pay(&lines[i], &h)
	}
	return Statement{
		Booking: b.ID, Model: p.policy.Model, Value: b.Value, Quota: h.larger(), Date: b.Closed,
		Projected: h.projected, Lines: lines[:len(lines):len(lines)],
	}, nil
}

// head is what a booking says once for all of its payees.
type head struct {
	base      [model.Vendor + 1]value.Money // quota value by side
	origin    model.Source
	first     model.Side // whose payees come first
	primary   model.Side // whose payees are primary; unset until one is
	projected bool
	pooled    bool // both sides' credit is one amount, divided
}

func (h *head) larger() value.Money {
	if h.base[model.Partner].Minor() > h.base[model.Vendor].Minor() {
		return h.base[model.Partner]
	}
	return h.base[model.Vendor]
}

// sort orders lines by the stable key: the first side's, then by id.
func (h *head) sort(lines []Line) {
	if len(lines) > fewPayees {
		slices.SortFunc(lines, func(a, b Line) int { return h.order(&a, &b) })
		return
	}
	for i := 1; i < len(lines); i++ {
		for j := i; j > 0 && h.order(&lines[j], &lines[j-1]) < 0; j-- {
			lines[j], lines[j-1] = lines[j-1], lines[j]
		}
	}
}

func (h *head) order(a, b *Line) int {
	if a.Party.Side == b.Party.Side {
		return cmp.Compare(a.Payee, b.Payee)
	}
	if a.Party.Side == h.first {
		return -1
	}
	return 1
}

// divide sets the shown credit of every line: the credit of one side, or of both
// where they divide one amount, is rounded once and divided so that the parts
// total it (comp.conserve).
func (p *Plan) divide(lines []Line, h *head) {
	for start := 0; start < len(lines); {
		end := start + 1
		for end < len(lines) && (h.pooled || lines[end].Party.Side == lines[start].Party.Side) {
			end++
		}
		p.dividePool(lines[start:end])
		start = end
	}
}

func (p *Plan) dividePool(pool []Line) {
	base := pool[0].Base
	if len(pool) == 1 {
		l := &pool[0]
		l.QuotaCredit = money(exact.Part2(base.Minor(), l.Percent.Millionths(), l.Share.Millionths(), p.mode), base)
		return
	}
	var few [fewPayees]exact.Share
	shares := few[:min(len(pool), fewPayees)]
	if len(pool) > fewPayees {
		shares = make([]exact.Share, len(pool))
	}
	var total int64
	for i := range pool {
		weight := pool[i].weight()
		shares[i].Weight = uint64(weight)
		total += weight
	}
	if total > 0 {
		amount, _ := exact.Quotient(base.Minor(), total, exact.One*exact.One, p.mode)
		exact.Divide(amount, shares)
	}
	for i := range pool {
		pool[i].QuotaCredit, pool[i].Leftover = money(shares[i].Part, base), shares[i].Leftover
	}
}

// weight is the part of the side's quota value that the payee gets, in units of
// exact.One squared.
func (l *Line) weight() int64 { return l.Percent.Millionths() * l.Share.Millionths() }

// pay sets the commission, from the exact credit, and moves influenced credit to
// where the policy reports it.
func (p *Plan) pay(l *Line, h *head) {
	none := money(0, l.Base)
	l.Influenced, l.Commission = none, none
	if l.Credited == AsInfluencer {
		l.Influenced = l.QuotaCredit
		if !p.policy.Origination.InfluencedCountsTowardQuota {
			l.QuotaCredit = none
		}
		if !p.policy.Origination.InfluencedPaysCommission {
			return
		}
	}
	if l.Share == p.full {
		l.Commission = money(exact.Part2(l.Base.Minor(), l.Percent.Millionths(), l.Rate.Millionths(), p.mode), l.Base)
		return
	}
	l.Commission = money(exact.Part3(l.Base.Minor(), l.weight(), l.Rate.Millionths(), p.mode), l.Base)
}

// money makes an amount that is known to be within bounds, in the currency of like.
func money(minor int64, like value.Money) value.Money {
	m, _ := value.NewMoney(minor, like.Currency())
	return m
}
