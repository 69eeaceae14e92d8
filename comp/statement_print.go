package comp

import (
	"strconv"
	"strings"

	"github.com/coselling/coselling/internal/escape"
	"github.com/coselling/coselling/value"
)

// Text returns the statement as plain text in columns, for a terminal: what it is of,
// then a line a payee with its reason. It names what every payee gets: it is for those
// who may see both sides.
func (s Statement) Text() string {
	var b strings.Builder
	b.WriteString(escape.Line(s.headline()) + "\n")
	s.table().Text(&b)
	return b.String()
}

// Markdown returns the statement as Markdown with a table, for a wiki or a mail. Text
// from outside is escaped.
func (s Statement) Markdown() string {
	var b strings.Builder
	b.WriteString("# " + escape.Markdown(s.headline()) + "\n\n")
	s.table().Markdown(&b)
	return b.String()
}

// headline says what the statement is of.
func (s Statement) headline() string {
	text := s.Booking
	switch {
	case s.Reverses != "":
		text += " takes back " + s.Reverses
	case s.Pays != "":
		text += " pays an instalment of " + s.Pays
	case !s.Period.IsZero():
		text += " pays the floors of the period from " + s.Period.String()
	}
	if !s.Value.IsZero() {
		text += ", " + s.Value.String()
	}
	switch {
	case s.Projected:
		text += ", open: projected (" + string(ClosedOnly) + ")"
	case !s.Date.IsZero():
		text += ", " + s.Date.String()
	}
	return text + ", " + s.Model.String()
}

func (s Statement) table() escape.Table {
	t := escape.Table{
		Head:   []string{"of", "rep", "quota credit", "influenced", "commission", "why"},
		Number: []bool{false, false, true, true, true, false},
	}
	for _, l := range s.Lines {
		t.Rows = append(t.Rows, []string{l.Party.String(), l.Payee, digits(l.QuotaCredit), digits(l.Influenced), digits(l.Commission), l.Why()})
	}
	return t
}

// digits returns an amount without its currency, and nothing of none.
func digits(m value.Money) string {
	if m.IsZero() {
		return ""
	}
	return string(m.AppendAmount(nil))
}

// statementHead are the columns of a statement as CSV.
const statementHead = "booking,reverses,pays,period,date,model,currency,value,projected,side,org,rep,rule,contribution,table," +
	"percent,share,rate,quota_credit,influenced,commission\n"

// CSV returns the statement as a CSV file (RFC 4180, lines end with a line feed): a
// head, and a row a payee. Text that a spreadsheet would run as a formula has an
// apostrophe in front; amounts have none. A zero date is an empty cell.
func (s Statement) CSV() string {
	var b strings.Builder
	b.WriteString(statementHead)
	head := escape.CSV(s.Booking) + "," + escape.CSV(s.Reverses) + "," + escape.CSV(s.Pays) + "," + day(s.Period) + "," + day(s.Date) + "," +
		s.Model.String() + "," + s.Value.Currency().String() + "," + digits(s.Value) + "," + strconv.FormatBool(s.Projected) + ","
	for _, l := range s.Lines {
		b.WriteString(head + l.Party.Side.String() + "," + escape.CSV(l.Party.Org) + "," + escape.CSV(l.Payee) + "," + string(l.Rule()) + "," +
			escape.CSV(string(l.Contribution)) + "," + escape.CSV(string(l.Table)) + "," + l.Percent.String() + "," + l.Share.String() + "," + l.Rate.String() + "," +
			digits(l.QuotaCredit) + "," + digits(l.Influenced) + "," + digits(l.Commission) + "\n")
	}
	return b.String()
}

func day(d value.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}
