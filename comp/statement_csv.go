package comp

import (
	"strconv"

	"github.com/coselling/coselling/internal/escape"
	"github.com/coselling/coselling/value"
)

// StatementHead is the first line of a CSV file of statements, with its line feed. The column of holds the booking
// of a movement, period the first day of a closed period. Amounts are in the row's currency.
const StatementHead = "statement,kind,of,period,date,projected,model,currency,value,quota_value," +
	"side,org,rep,payer,as,contribution,rule,base,percent,share,leftover,rate,table,measured,rep_quota," +
	"quota_credit,influenced,unheld,held,commission,why\n"

// CSV returns the statement as a CSV file (RFC 4180, line feeds): [StatementHead] and a row for each line.
func (s Statement) CSV() string { return string(s.AppendCSV([]byte(StatementHead))) }

// AppendCSV appends the rows of the statement to buf without a head, so that one file may hold many. A cell is
// empty where a line has no such fact. Text that a spreadsheet would run as a formula gets an apostrophe in front.
// Every line shows its rate: for a reader of one party, first remove the other parties' lines.
func (s Statement) AppendCSV(buf []byte) []byte {
	for i := range s.Lines {
		l := &s.Lines[i]
		for _, cells := range [][]string{s.cells(), l.cells()} {
			for _, cell := range cells {
				buf = append(append(buf, cell...), ',')
			}
		}
		buf[len(buf)-1] = '\n'
	}
	return buf
}

func (s Statement) cells() []string {
	return []string{
		escape.CSV(s.Booking), s.kind(), escape.CSV(s.Of),
		s.Period.String(), s.Date.String(), strconv.FormatBool(s.Projected),
		s.Model.String(), s.Value.Currency().String(), digits(s.Value), digits(s.Quota),
	}
}

func (l *Line) cells() []string {
	return []string{
		l.Party.Side.String(), escape.CSV(l.Party.Org), escape.CSV(l.Payee),
		escape.CSV(l.Payer.String()), escape.CSV(l.as()), escape.CSV(string(l.Contribution)), string(l.Rule()),
		digits(l.Base), l.Percent.String(), l.Share.String(), strconv.FormatBool(l.Leftover),
		l.Rate.String(), escape.CSV(string(l.Table)), digits(l.Start), digits(l.Quota),
		digits(l.QuotaCredit), digits(l.Influenced), digits(l.Unheld), l.Held.String(),
		digits(l.Commission), escape.CSV(l.Why()),
	}
}

// digits writes an amount without its currency; the zero Money is an empty cell.
func digits(m value.Money) string {
	if m.IsZero() {
		return ""
	}
	return string(m.AppendAmount(nil))
}

// kind returns "booking", "closing" or the name of a movement's kind.
func (s *Statement) kind() string {
	switch {
	case s.Of != "" || s.Kind != 0:
		return s.Kind.String()
	case !s.Period.IsZero():
		return "closing"
	default:
		return ofBooking
	}
}

const ofBooking = "booking"
