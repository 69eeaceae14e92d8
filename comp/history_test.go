package comp_test

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/naive/pay"
	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/value"
)

// player plays a history in a run and in the oracle.
type player struct {
	run    *comp.Run
	plan   *comp.Plan
	oracle *pay.History
	deals  []playedDeal
	all    []comp.Statement
}

// playedDeal is a deal of a history and the part of its value that was taken back.
type playedDeal struct {
	statement comp.Statement
	payout    comp.Payout
	reversed  int64
}

func newPlayer(t *rapid.T, p comp.Policy) *player {
	plan := compile(t, p)
	return &player{run: plan.Run(), plan: plan, oracle: pay.NewHistory(p)}
}

func (p *player) play(t *rapid.T, step historyStep) {
	switch {
	case step.booking.ID != "":
		p.book(t, step.booking)
	case !step.closing.IsZero():
		p.close(t, step.closing)
	default:
		p.reverse(t, step)
	}
}

func (p *player) book(t *rapid.T, b comp.Booking) {
	s, err := p.run.Statement(b)
	if err != nil {
		t.Fatalf("%+v\n%v", b, err)
	}
	var got, want []string
	for _, l := range s.Lines {
		got = append(got, fmt.Sprint(l.Payee, " ", l.Commission.Minor()))
	}
	for _, owed := range p.oracle.Book(b) {
		want = append(want, fmt.Sprint(owed.Rep, " ", owed.Paid))
		for _, up := range owed.TrueUps {
			want = append(want, fmt.Sprint(owed.Rep, " ", up))
		}
	}
	if !slices.Equal(got, want) {
		t.Fatalf("%+v\n%s\ngot  %s\nwant %s", b, lines(s), got, want)
	}
	p.deals, p.all = append(p.deals, playedDeal{statement: s, payout: payoutOf(t, p.plan, s)}), append(p.all, s)
}

func (p *player) close(t *rapid.T, day value.Date) {
	s, err := p.run.Close("closing of "+day.String(), day)
	if err != nil {
		t.Fatalf("%s: %v", day, err)
	}
	want := map[string]string{}
	for _, payee := range historyReps {
		for _, id := range p.oracle.TablesOf(payee.Rep, day) {
			if rest := p.oracle.BelowFloor(id, payee.Rep, day); !p.oracle.Policy.Rates.Tables[id].PeriodFloor.IsZero() && rest.Sign() > 0 {
				want[payee.Rep+" "+string(id)] = rest.String()
			}
		}
	}
	got := map[string]string{}
	for _, l := range s.Lines {
		got[l.Payee+" "+string(l.Table)] = fmt.Sprint(l.Commission.Minor())
	}
	if !maps.Equal(got, want) {
		t.Fatalf("closing of %s: %s, want %s", day, got, want)
	}
	p.all = append(p.all, s)
}

func (p *player) reverse(t *rapid.T, step historyStep) {
	deal := &p.deals[step.of]
	step.move.Of, step.move.Kind = deal.statement.Booking, comp.Reversed
	d := moved(t, deal.payout, step.move)
	if err := p.run.Reverse(d.Payout, step.move.ID); err != nil {
		t.Fatalf("%+v: %v", step.move, err)
	}
	whole := deal.statement.Value.Minor()
	if deal.reversed += step.move.Amount.Minor(); step.move.Amount.IsZero() {
		deal.reversed = whole
	}
	p.oracle.Reverse(deal.statement.Booking, step.move.On, big.NewRat(deal.reversed, whole))
	deal.payout, p.all = d.Payout, append(p.all, d.Statements...)
}

// Every line of every history pays what the oracle pays, true-ups and floors included.
func TestHistoriesPayWhatTheOracleOwes(t *testing.T) {
	seen := reachtest.Seen{}
	reachtest.Check(t, seen, func(t *rapid.T) {
		policy := anyRatePolicy().Draw(t, "policy")
		p := newPlayer(t, policy)
		for _, step := range anyHistory(t, policy) {
			p.play(t, step)
		}
		for _, s := range p.all {
			for _, l := range s.Lines {
				seen[l.Held.String()]++
				seen[string(l.Rule())]++
				checkTierParts(t, p.plan, l)
			}
		}
	}, "deal_floor", "deal_cap", "period_cap", string(comp.TrueUp), string(comp.Floor))
}

// comp.conserve: the parts of a line total it.
func checkTierParts(t *rapid.T, plan *comp.Plan, l comp.Line) {
	list, err := plan.TierParts(l)
	if err != nil {
		t.Fatal(err)
	}
	if list == nil {
		return
	}
	var credit, commission int64
	for _, part := range list {
		credit, commission = credit+part.Credit.Minor(), commission+part.Commission.Minor()
	}
	shown := l.QuotaCredit.Minor()
	if l.Credited == comp.AsInfluencer {
		shown = l.Influenced.Minor()
	}
	if !l.Base.IsZero() && l.Base.Sign() > 0 && l.Held != comp.ByInstalments && (credit != shown || commission != l.Commission.Minor()) {
		t.Fatalf("parts of %+v: %+v", l, list)
	}
}

// comp.clawback: when all deals of a history are taken back at the end, every payee nets
// to zero for every deal.
func TestClawbackNetsToZeroAfterAnyHistory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		policy := anyRatePolicy().Draw(t, "policy")
		p := newPlayer(t, policy)
		for _, step := range anyHistory(t, policy) {
			p.play(t, step)
		}
		day := value.MustDate("2027-06-01")
		for i, deal := range p.deals {
			if deal.reversed == deal.statement.Value.Minor() {
				continue
			}
			d := moved(t, deal.payout, comp.Movement{ID: fmt.Sprint("end ", i), Of: deal.statement.Booking, Kind: comp.Reversed, On: day})
			if err := p.run.Reverse(d.Payout, fmt.Sprint("end ", i)); err != nil {
				t.Fatal(err)
			}
			p.all = append(p.all, d.Statements...)
		}
		nets := map[string]int64{}
		for _, s := range p.all {
			if !s.Period.IsZero() {
				continue // a floor is of a period, not of a deal
			}
			deal := s.Booking
			if s.Of != "" {
				deal = s.Of
			}
			for _, l := range s.Lines {
				nets[deal+" "+l.Payee] += l.Commission.Minor()
				nets[deal+" credit "+l.Payee] += l.QuotaCredit.Minor() + l.Influenced.Minor()
				nets[deal+" base "+l.Payee] += l.Base.Minor()
			}
			nets[deal+" value"] += s.Value.Minor()
			nets[deal+" quota"] += s.Quota.Minor()
		}
		for what, net := range nets {
			if net != 0 {
				t.Fatalf("%s nets to %d", what, net)
			}
		}
	})
}
