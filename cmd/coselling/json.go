package main

import (
	"cmp"
	"encoding/json"
	"io"

	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/value"
)

// jsonView writes one object for a program while the file is read: "rows" in the order of
// the file, each a deal with its "lines" or left out with its reasons and their columns,
// then "totals" and "counts".
type jsonView struct {
	out    io.Writer
	filter filter
	rows   int
}

type jsonDeal struct {
	Line       int        `json:"line,omitempty"`
	Deal       string     `json:"deal"`
	Stage      string     `json:"stage"`
	Reverses   string     `json:"reverses,omitempty"`
	Account    string     `json:"account,omitempty"`
	Closed     string     `json:"closed,omitempty"`
	Currency   string     `json:"currency"`
	Value      string     `json:"value"`
	Engagement string     `json:"engagement,omitempty"`
	Playbook   string     `json:"playbook,omitempty"`
	Why        string     `json:"why"`
	Registered string     `json:"registered,omitempty"` // by a claim of the file, or why not
	Lines      []jsonLine `json:"lines"`
}

type jsonLine struct {
	Rep          string `json:"rep"`
	Side         string `json:"side"`
	Org          string `json:"org"`
	CreditedAs   string `json:"credited_as"`
	Contribution string `json:"contribution,omitempty"`
	Percent      string `json:"percent"`
	Share        string `json:"share"`
	Rate         string `json:"rate"`
	QuotaCredit  string `json:"quota_credit"`
	Influenced   string `json:"influenced"`
	Commission   string `json:"commission"`
	Why          string `json:"why"`
}

type jsonLeftOut struct {
	Line    int          `json:"line"`
	Deal    string       `json:"deal,omitempty"`
	LeftOut []jsonReason `json:"left_out"`
}

type jsonReason struct {
	Column string     `json:"column,omitempty"` // of the cell that could not be read
	Code   value.Code `json:"code"`
	Text   string     `json:"text"`
}

type jsonCounts struct {
	Read     int                `json:"read"`
	Priced   int                `json:"priced"`
	LeftOut  int                `json:"left_out"`
	Unparsed int                `json:"unparsed"`
	Reasons  map[value.Code]int `json:"reasons"`
	Skipped  int                `json:"skipped"` // titles, footers and blank rows
	Doubts   []value.Reason     `json:"doubts,omitempty"`
}

func (v *jsonView) begin(b *book) error {
	head := struct {
		Doubts []string `json:"doubts,omitempty"`
		Export string   `json:"export"`
		MadeUp []string `json:"made_up,omitempty"`
		Model  string   `json:"model"`
		AsOf   string   `json:"as_of,omitempty"`
	}{b.mapping.Doubts(), b.mapping.Export(), b.mapping.MadeUp(), b.prices.policy.Model.String(), ""}
	if !b.asOf.IsZero() {
		head.AsOf = b.asOf.String()
	}
	text, err := json.Marshal(head)
	if err != nil {
		return err
	}
	return v.write(text[:len(text)-1], `,"rows":[`)
}

func (v *jsonView) deal(b *book, e *entry) error {
	if !v.filter.takes(e) {
		return nil
	}
	s := &e.statements[b.prices.policy.Model]
	d := jsonDeal{
		Line: e.deal.Line, Deal: s.Booking, Stage: e.stage(), Reverses: e.deal.Reverses, Account: e.deal.Account,
		Currency: s.Value.Currency().String(), Value: plain(s.Value),
		Engagement: e.engagement.String(), Playbook: b.playbook(e), Why: e.why(), Lines: []jsonLine{},
	}
	if !s.Date.IsZero() {
		d.Closed = s.Date.String()
	}
	if e.registered.named {
		d.Registered = e.registered.gate()
	}
	for i := range s.Lines {
		l := &s.Lines[i]
		if !v.filter.takesRep(l.Payee) {
			continue
		}
		d.Lines = append(d.Lines, jsonLine{
			Rep: l.Payee, Side: l.Party.Side.String(), Org: l.Party.Org, CreditedAs: creditedAs(l),
			Contribution: string(l.Contribution),
			Percent:      l.Percent.String(), Share: l.Share.String(), Rate: l.Rate.String(),
			QuotaCredit: plain(l.QuotaCredit), Influenced: plain(l.Influenced), Commission: plain(l.Commission),
			Why: l.Why(),
		})
	}
	if len(d.Lines) == 0 && v.filter.reps != nil {
		return nil
	}
	return v.row(d)
}

func (v *jsonView) leave(l *leftOut) error {
	if !v.filter.takesLeft(l) {
		return nil
	}
	row := jsonLeftOut{Line: l.line, Deal: l.id}
	if bad, ok := l.err.(*crmcsv.BadRow); ok {
		for _, c := range bad.Cells {
			row.LeftOut = append(row.LeftOut, jsonReason{cmp.Or(c.Column, c.Field), c.Reason.Code, c.Reason.Error()})
		}
		return v.row(row)
	}
	for _, reason := range reasonsOf(l.err) {
		row.LeftOut = append(row.LeftOut, jsonReason{"", reason.Code, reason.Error()})
	}
	return v.row(row)
}

func (v *jsonView) row(of any) error {
	text, err := json.Marshal(of)
	if err != nil {
		return err
	}
	lead := ",\n"
	if v.rows == 0 {
		lead = "\n"
	}
	v.rows++
	return v.write([]byte(lead), string(text))
}

func (v *jsonView) end(b *book) error {
	if err := v.filter.missing(); err != nil {
		return err
	}
	totals, err := json.Marshal(b.records(&v.filter))
	if err != nil {
		return err
	}
	counts, err := json.Marshal(jsonCounts{b.rows, b.priced, b.left, b.unparsed, b.reasons, b.skipped, b.doubts})
	if err != nil {
		return err
	}
	return v.write([]byte("\n],\"totals\":"), string(totals)+",\n\"counts\":"+string(counts)+"}\n")
}

func (v *jsonView) write(text []byte, more string) error {
	if _, err := v.out.Write(text); err != nil {
		return err
	}
	_, err := io.WriteString(v.out, more)
	return err
}
