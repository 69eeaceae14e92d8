package main

import (
	"fmt"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// booking is a row of the file of bookings. Money is whole minor units of the currency, a day counts from 1970-01-01, a
// text is that of the JSON form.
type booking struct {
	ID         string  `parquet:"id"`
	Currency   string  `parquet:"currency,dict"`
	Value      int64   `parquet:"value"`
	Closed     int32   `parquet:"closed,date"`
	Source     string  `parquet:"source,dict"`
	Registrant string  `parquet:"registrant,dict"`
	Engagement string  `parquet:"engagement,dict"` // decides the roles that payees do not state
	Payees     []payee `parquet:"payees,list"`
}

type payee struct {
	Rep          string `parquet:"rep,dict"`
	Side         string `parquet:"side,dict"`
	Org          string `parquet:"org,dict"`
	Role         string `parquet:"role,dict"`
	Contribution string `parquet:"contribution,dict"`
	Rate         string `parquet:"rate,dict"`
	Table        string `parquet:"table,dict"`
	Share        string `parquet:"share,dict"`
}

// line is a row of the file of lines: what a payee gets for a booking, and why.
type line struct {
	Booking     string `parquet:"booking"`
	Date        int32  `parquet:"date,date"`
	Payee       string `parquet:"payee,dict"`
	Side        string `parquet:"side,dict"`
	Org         string `parquet:"org,dict"`
	Currency    string `parquet:"currency,dict"`
	QuotaCredit int64  `parquet:"quota_credit"`
	Influenced  int64  `parquet:"influenced"`
	Commission  int64  `parquet:"commission"`
	Rule        string `parquet:"rule,dict"`
	Why         string `parquet:"why"`
}

var epoch = value.MustDate("1970-01-01")

// text returns the text form of a value; empty for the zero value.
func text[T interface {
	comparable
	fmt.Stringer
}](v T) string {
	var zero T
	if v == zero {
		return ""
	}
	return v.String()
}

// parsed reads a text into a value; empty text is the zero value.
func parsed[T any](problems *value.Errors, path, s string, parse func(string) (T, error)) (v T) {
	if s == "" {
		return v
	}
	v, err := parse(s)
	problems.Add(path, err)
	return v
}

func dayOf(d value.Date) int32 { return int32(d.Sub(epoch)) }

// booking returns the booking of a row, or all that is wrong with its form.
func (r *booking) booking(policy comp.Policy) (comp.Booking, error) {
	var problems value.Errors
	currency := parsed(&problems, "currency", r.Currency, value.ParseCurrency)
	amount, err := value.NewMoney(r.Value, currency)
	problems.Add("value", err)
	closed, err := epoch.AddDays(int(r.Closed))
	problems.Add("closed", err)
	b := comp.Booking{ID: r.ID, Value: amount, Closed: closed,
		Source:     parsed(&problems, "source", r.Source, model.ParseSource),
		Registrant: parsed(&problems, "registrant", r.Registrant, model.ParseRegistrant)}
	for i, p := range r.Payees {
		at := value.Index("payees", i)
		b.Payees = append(b.Payees, comp.Payee{
			Rep:          p.Rep,
			Party:        model.Party{Side: parsed(&problems, at+".side", p.Side, model.ParseSide), Org: p.Org},
			Role:         parsed(&problems, at+".role", p.Role, comp.ParseRole),
			Contribution: comp.Contribution(p.Contribution),
			Rate:         parsed(&problems, at+".rate", p.Rate, value.ParsePercent),
			Table:        comp.TableID(p.Table),
			Share:        parsed(&problems, at+".share", p.Share, value.ParsePercent),
		})
	}
	if engagement := parsed(&problems, "engagement", r.Engagement, model.ParseEngagement); engagement != 0 {
		primary, err := policy.PrimarySide(engagement, b.Origin())
		problems.Add("engagement", err)
		b.DeriveRoles(primary)
	}
	return b, value.Below("booking "+value.Quote(r.ID), problems.Err())
}

// lineOf returns the row of a line.
func lineOf(s *comp.Statement, l *comp.Line) line {
	return line{Booking: s.Booking, Date: dayOf(s.Date), Payee: l.Payee, Side: text(l.Party.Side), Org: l.Party.Org,
		Currency: l.QuotaCredit.Currency().String(), QuotaCredit: l.QuotaCredit.Minor(), Influenced: l.Influenced.Minor(),
		Commission: l.Commission.Minor(), Rule: string(l.Rule()), Why: l.Why()}
}
