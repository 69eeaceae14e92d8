package main

import (
	"io"
	"strconv"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/render"
	"github.com/coselling/coselling/value"
)

// csvHead names the columns: the scope of the row, the deal, the rep, the figures, and the
// reason for which a row of the export was left out.
const csvHead = "scope,line,deal,stage,account,closed,currency,value,engagement,playbook,why,model," +
	"side,org,rep,credited_as,contribution,percent,share,rate,quota_credit,influenced,commission," +
	"statements,inflation,code,reason\n"

// csvView writes one table for a spreadsheet while the file is read: a row for each credited
// rep of a deal (scope deal) and for each row that was left out (left_out), and at the end
// the totals (rep, side, total). It escapes text that a spreadsheet would run as a formula.
type csvView struct {
	out    io.Writer
	filter filter
	row    []byte
	head   []byte // the common cells of the rows of a deal
}

func (v *csvView) begin(*book) error {
	_, err := io.WriteString(v.out, csvHead)
	return err
}

func (v *csvView) deal(b *book, e *entry) error {
	if !v.filter.takes(e) {
		return nil
	}
	s := &e.statements[b.prices.policy.Model]
	v.head = appendDeal(v.head[:0], b, e, s)
	v.row = v.row[:0]
	for i := range s.Lines {
		if l := &s.Lines[i]; v.filter.takesRep(l.Payee) {
			v.row = append(v.row, v.head...)
			v.row = appendLine(v.row, l)
		}
	}
	_, err := v.out.Write(v.row)
	return err
}

func appendDeal(row []byte, b *book, e *entry, s *comp.Statement) []byte {
	row = append(row, "deal,"...)
	if !e.isFloor() {
		row = strconv.AppendInt(row, int64(e.deal.Line), 10)
	}
	row = cell(row, s.Booking)
	row = append(append(row, ','), e.stage()...)
	row = append(cell(row, e.deal.Account), ',')
	if !s.Date.IsZero() {
		row, _ = s.Date.AppendText(row)
	}
	row = append(append(append(row, ','), s.Value.Currency().String()...), ',')
	row = s.Value.AppendAmount(row)
	row = append(append(append(row, ','), e.engagement.String()...), ',')
	row = append(row, b.playbook(e)...)
	if why := e.why(); why == e.advice.short {
		row = append(append(row, ','), e.advice.cell...)
	} else {
		row = cell(row, why)
	}
	return append(append(append(row, ','), s.Model.String()...), ',')
}

func appendLine(row []byte, l *comp.Line) []byte {
	row = append(row, l.Party.Side.String()...)
	row = cell(row, l.Party.Org)
	row = cell(row, l.Payee)
	row = append(append(row, ','), creditedAs(l)...)
	row = cell(row, string(l.Contribution))
	for _, p := range [...]value.Percent{l.Percent, l.Share, l.Rate} {
		row, _ = p.AppendText(append(row, ','))
	}
	row = l.QuotaCredit.AppendAmount(append(row, ','))
	row = l.Influenced.AppendAmount(append(row, ','))
	row = l.Commission.AppendAmount(append(row, ','))
	return append(row, ",,,,\n"...)
}

// cell appends a comma and an escaped text.
func cell(row []byte, text string) []byte { return append(append(row, ','), render.CSVCell(text)...) }

func (v *csvView) leave(l *leftOut) error {
	if !v.filter.takesLeft(l) {
		return nil
	}
	row := strconv.AppendInt(append(v.row[:0], "left_out,"...), int64(l.line), 10)
	row = append(cell(row, l.id), ",,,,,,,,,,,,,,,,,,,,,,"...)
	row = cell(row, string(l.code()))
	v.row = append(cell(row, clean(l.text(), mostReason)), '\n')
	_, err := v.out.Write(v.row)
	return err
}

// mostReason bounds the text of a reason, in characters.
const mostReason = 1000

func (v *csvView) end(b *book) error {
	if err := v.filter.missing(); err != nil {
		return err
	}
	for _, t := range b.records(&v.filter) {
		row := append(append(v.row[:0], t.Scope...), ",,,"...)
		row = append(append(row, t.Stage...), ",,,"...)
		row = append(append(row, t.Currency...), ",,,,,"...)
		row = append(append(row, t.Model...), ',')
		row = append(row, t.Side...)
		row = cell(cell(row, t.Org), t.Rep)
		row = append(row, ",,,,,"...)
		row = cell(cell(cell(row, t.QuotaCredit), t.Influenced), t.Commission)
		row = append(row, ',')
		if t.Problem == "" {
			row = strconv.AppendInt(row, int64(t.Statements), 10)
		}
		row = append(append(append(row, ','), t.Inflation...), ',')
		v.row = append(cell(row, t.Problem), '\n')
		if _, err := v.out.Write(v.row); err != nil {
			return err
		}
	}
	return nil
}
