package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/life"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// Pay is what a deal that was won pays, as far as one person may see it: their own lines, and for an approver those
// that their company pays.
type Pay struct {
	Deal, Account string
	Lines         []PayLine
	Disputes      []life.Dispute
}

// PayLine is a line of a statement as it stands.
type PayLine struct {
	life.Standing
	Made comp.Line // as the rules made it; zero for a line that was corrected
}

// PayPage is a page of the deals that pay, the latest first.
type PayPage struct {
	Deals []Pay
	Page  int
	Pages int // at least 1
}

// payRecord is what happened to the lines of one deal.
type payRecord struct {
	*life.Record
	count int
	last  time.Time
}

// Pays returns a page of the deals that pay the person, or in which an approver's company pays somebody.
func (s *Store) Pays(ctx context.Context, who User, page int) (PayPage, error) {
	var list PayPage
	err := s.read(ctx, who.Party, func(tx *sql.Tx) error {
		from := " FROM portal_pay t JOIN portal_party p ON p.deal = t.deal WHERE p.side = $1 AND p.org = $2" +
			" AND t.number = 0"
		args := []any{who.Party.Side.String(), who.Party.Org}
		var total int
		if err := tx.QueryRowContext(ctx, "SELECT count(*)"+from, args...).Scan(&total); err != nil {
			return err
		}
		list.Pages = max(1, (total+PageSize-1)/PageSize)
		list.Page = min(max(1, page), list.Pages)
		var ids []string
		var id string
		query := fmt.Sprintf("SELECT t.deal%s ORDER BY t.at DESC, t.deal LIMIT %d OFFSET %d", from, PageSize,
			(list.Page-1)*PageSize)
		if err := each(ctx, tx, query, args, []any{&id}, func() error {
			ids = append(ids, id)
			return nil
		}); err != nil {
			return err
		}
		if len(ids) == 0 {
			return nil
		}
		deals, err := s.load(ctx, tx, who.Party, latest, ids...)
		if err != nil {
			return err
		}
		for _, id := range ids {
			pay, err := s.payOf(ctx, tx, deals[id], who)
			if err != nil {
				return err
			}
			if len(pay.Lines)+len(pay.Disputes) > 0 {
				list.Deals = append(list.Deals, pay)
			}
		}
		return nil
	})
	return list, err
}

// payOf returns what a person may see of the pay of a deal.
func (s *Store) payOf(ctx context.Context, tx *sql.Tx, d *kept, who User) (Pay, error) {
	seen, err := s.seen(d, who.Party)
	if err != nil {
		return Pay{}, err
	}
	record, err := s.payRecord(ctx, tx, d)
	if err != nil {
		return Pay{}, err
	}
	pay, shot := Pay{Deal: d.facts.ID, Account: d.facts.Account}, record.At(s.now()).For(who.Party)
	for _, l := range shot.Lines {
		if !mine(&l.Line, who) {
			continue
		}
		line := PayLine{Standing: l}
		for _, made := range seen.View.Credit.Lines {
			if made.Payee == l.Line.ID.Payee && made.Party == l.Line.Party && made.Table == l.Line.ID.Table &&
				made.Commission == l.Line.Amounts.Commission && made.QuotaCredit == l.Line.Amounts.QuotaCredit {
				line.Made = made
			}
		}
		pay.Lines = append(pay.Lines, line)
	}
	for _, dispute := range shot.Disputes {
		if mine(&dispute.Line, who) {
			pay.Disputes = append(pay.Disputes, dispute)
		}
	}
	return pay, nil
}

// mine reports whether a line is the person's own, or one that an approver's company pays.
func mine(l *life.Line, who User) bool {
	return l.Party == who.Party && l.ID.Payee == who.Rep || l.Payer == who.Party && who.Approver
}

// payRecord returns what happened to the lines of a deal. People and terms are in the events, so replaying them gives
// the same answer for good; days are counted in the zone of the first book.
func (s *Store) payRecord(ctx context.Context, tx *sql.Tx, d *kept) (payRecord, error) {
	places := make(map[model.Party]value.Workplace)
	for _, party := range partiesOf(d.facts) {
		places[party] = value.Workplace{Zone: s.rules[0].zone}
	}
	record := payRecord{Record: life.New(places)}
	var text []byte
	const query = "SELECT event FROM portal_pay WHERE deal = $1 ORDER BY number"
	err := each(ctx, tx, query, []any{d.facts.ID}, []any{&text},
		func() error {
			var e life.Event
			if err := e.UnmarshalJSON(text); err != nil {
				return fmt.Errorf("a stored event of pay of deal %s: %w", d.facts.ID, err)
			}
			record.count, record.last = record.count+1, e.At
			_, err := record.Add(e)
			return err
		})
	return record, err
}

// ActOnPay takes a step with lines of a deal: it approves or disputes them, answers a dispute or appeals. Person and
// instant come from the session and the clock. Where a dispute is accepted the line is drafted anew with the right
// amounts, in the same transaction. A step that the rules refuse is no error, and stores nothing; a line that the
// person may not see is not found.
func (s *Store) ActOnPay(ctx context.Context, who User, id string, e life.Event, right comp.Amounts) (life.Decision,
	error) {
	var decision life.Decision
	err := s.write(ctx, who.Party, func(tx *sql.Tx) error {
		d, err := s.one(ctx, tx, who.Party, id, latest)
		if err != nil {
			return err
		}
		pay, err := s.payOf(ctx, tx, d, who)
		if err != nil {
			return err
		}
		steps, err := pay.steps(e, right)
		if err != nil {
			return err
		}
		record, err := s.payRecord(ctx, tx, d)
		if err != nil {
			return err
		}
		at := s.now()
		if at.Before(record.last) {
			at = record.last
		}
		for i, e := range steps {
			e.By, e.At = who.Person(), at
			if decision, err = record.Add(e); err != nil {
				return err
			}
			if !decision.Accepted {
				return errRefused
			}
			if err := keepPay(ctx, tx, id, record.count+i, who.ID, e); err != nil {
				return err
			}
		}
		return nil
	})
	if errors.Is(err, errRefused) {
		err = nil
	}
	return decision, err
}

// steps returns the events of a step. A dispute that is accepted drafts its line anew.
func (p *Pay) steps(e life.Event, right comp.Amounts) ([]life.Event, error) {
	of := func(id comp.LineID) int {
		return slices.IndexFunc(p.Lines, func(l PayLine) bool { return l.Line.ID == id })
	}
	for _, id := range e.Lines {
		if of(id) < 0 {
			return nil, ErrNotFound
		}
	}
	if e.Do == life.Approved {
		return []life.Event{e}, nil
	}
	i := of(e.Line)
	if i < 0 {
		return nil, ErrNotFound
	}
	if e.Do != life.Accepted {
		return []life.Event{e}, nil
	}
	e.Correction = newID()
	line := p.Lines[i].Line
	line.Amounts.Commission = right.Commission
	if !line.Amounts.QuotaCredit.IsZero() {
		line.Amounts.QuotaCredit = right.QuotaCredit
	}
	return []life.Event{e, {Do: life.Drafted, Drafts: []life.Line{line}, Correction: e.Correction}}, nil
}

func keepPay(ctx context.Context, tx *sql.Tx, id string, number int, by string, e life.Event) error {
	text, err := e.MarshalJSON()
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO portal_pay (deal, number, at, by_user, event)"+
		" VALUES ($1, $2, $3, $4, $5)", id, number, instant(e.At), by, string(text))
	return err
}

// draft begins the pay of a deal on the day on which it is won: each company that pays names its approvers, and the
// lines are drafted.
func (s *Store) draft(ctx context.Context, tx *sql.Tx, who User, d coselling.Deal, v coselling.View) error {
	if v.Progress.Status != stage.ClosedWon || len(v.Credit.Lines) == 0 {
		return nil
	}
	record, err := s.payRecord(ctx, tx, &kept{facts: d})
	if err != nil || record.count > 0 { // drafted on the day on which it was won
		return err
	}
	lines, err := life.Lines(v.Credit)
	if err != nil {
		return err
	}
	var events []life.Event
	for i := range lines {
		payer := lines[i].Payer
		if slices.ContainsFunc(events, func(e life.Event) bool { return e.Staff.Party == payer }) {
			continue
		}
		staff, err := staffOf(ctx, tx, payer, lines[i].ID.Payee)
		if err != nil {
			return err
		}
		events = append(events, life.Event{Do: life.Named, Staff: &staff})
	}
	events = append(events, life.Event{Do: life.Drafted, Drafts: lines})
	for i, e := range events {
		e.At = v.AsOf
		if decision, err := record.Add(e); err != nil || !decision.Accepted {
			return fmt.Errorf("draft the pay of deal %s: %w, %v", d.ID, err, decision.Reasons)
		}
		if err := keepPay(ctx, tx, d.ID, i, who.ID, e); err != nil {
			return err
		}
	}
	return nil
}

// staffOf returns the approvers of a company. One that has named fewer than two is one person, whose lines approve
// themselves.
func staffOf(ctx context.Context, q querier, party model.Party, payee string) (life.Staff, error) {
	staff := life.Staff{Party: party, Policy: life.DefaultPolicy()}
	var rep string
	err := each(ctx, q, "SELECT rep FROM portal_user WHERE side = $1 AND org = $2 AND approver AND ended = ''"+
		" ORDER BY rep", []any{party.Side.String(), party.Org}, []any{&rep}, func() error {
		staff.Approvers = append(staff.Approvers, rep)
		return nil
	})
	if len(staff.Approvers) == 0 {
		staff.Approvers = []string{payee}
	}
	staff.Alone = len(staff.Approvers) == 1
	return staff, err
}
