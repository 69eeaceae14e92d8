package comp

import (
	"maps"
	"slices"

	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/value"
)

// ratesWire is the JSON form of [RateTerms].
type ratesWire struct {
	Year   *string                      `json:"year_start" schema:"names=monthNames"`
	Period *string                      `json:"period" schema:"names=periodNames"`
	Quotas map[string]map[string]string `json:"quotas" schema:"0..100000 keys=1..256 each=keys=date,each=quota"`
	Tables map[string]*tableWire        `json:"tables" schema:"0..1000 keys=word"`
}

// tableWire is the JSON form of [RateTable].
type tableWire struct {
	Measure     *string    `json:"measure" schema:"names=measureNames"` // what chooses the tier
	Method      *string    `json:"method" schema:"names=methodNames"`   // whether a tier prices what lies in it, or everything
	Currency    *string    `json:"currency,omitempty" schema:"currency"`
	Tiers       []tierWire `json:"tiers" schema:"1..100"`
	DealFloor   *string    `json:"deal_floor,omitempty" schema:"limit"`
	DealCap     *string    `json:"deal_cap,omitempty" schema:"limit"`
	PeriodFloor *string    `json:"period_floor,omitempty" schema:"limit"`
	PeriodCap   *string    `json:"period_cap,omitempty" schema:"limit"`
}

// tierWire is the JSON form of [Tier].
type tierWire struct {
	From *string `json:"from,omitempty" schema:"bound"`
	To   *string `json:"to,omitempty" schema:"bound"`
	Rate *string `json:"rate" schema:"part"`
}

// terms converts the wire form; problems have paths below "rates". A value that
// could not be read is replaced by one that causes no further problem.
func (w *ratesWire) terms(problems *value.Errors) RateTerms {
	if w == nil {
		return RateTerms{}
	}
	r := DefaultPolicy().Rates
	known := len(*problems)
	strictjson.Needed(problems, "rates.year_start", *w.Year, &r.Year, ParseFiscalYear)
	strictjson.Needed(problems, "rates.period", *w.Period, &r.Period, ParsePeriod)
	known -= len(*problems)
	quotas := w.quotas(problems)
	if known == 0 && len(quotas) > 0 { // else nobody knows where periods begin
		r.Quotas = quotas
	}
	if len(w.Tables) > 0 {
		r.Tables = make(map[TableID]RateTable, len(w.Tables))
	}
	for _, id := range slices.Sorted(maps.Keys(w.Tables)) {
		reader := tableReader{problems: problems, path: "rates.tables." + TableID(id).path()}
		r.Tables[TableID(id)] = reader.table(w.Tables[id])
	}
	return r
}

func (w *ratesWire) quotas(problems *value.Errors) map[string]map[value.Date]value.Money {
	all := make(map[string]map[value.Date]value.Money, len(w.Quotas))
	for _, rep := range slices.Sorted(maps.Keys(w.Quotas)) {
		all[rep] = make(map[value.Date]value.Money, len(w.Quotas[rep]))
		for _, text := range slices.Sorted(maps.Keys(w.Quotas[rep])) {
			var day value.Date
			var quota value.Money
			path := value.JoinPath("rates.quotas", value.JoinPath(quotedPath(rep), printableDay(text)))
			known := len(*problems)
			strictjson.Needed(problems, path, text, &day, value.ParseDate)
			strictjson.Needed(problems, path, w.Quotas[rep][text], &quota, value.ParseMoney)
			if len(*problems) == known {
				all[rep][day] = quota
			}
		}
	}
	return all
}

func printableDay(text string) string {
	if _, err := value.ParseDate(text); err != nil {
		return quotedPath(text)
	}
	return text
}

// tableReader converts the wire form of one table.
type tableReader struct {
	problems *value.Errors
	path     string
}

func (r tableReader) table(w *tableWire) RateTable {
	t := RateTable{Measure: Attainment, Method: Marginal}
	known := len(*r.problems)
	strictjson.Needed(r.problems, r.path+".measure", *w.Measure, &t.Measure, ParseMeasure)
	if w.Currency != nil {
		strictjson.Needed(r.problems, r.path+".currency", *w.Currency, &t.Currency, value.ParseCurrency)
	}
	if len(*r.problems) == known && t.Measure != Attainment && w.Currency == nil {
		r.problems.Add(r.path+".currency", noCurrency())
	}
	bounded := len(*r.problems) == known && (t.Measure == Attainment || !t.Currency.IsZero())
	strictjson.Needed(r.problems, r.path+".method", *w.Method, &t.Method, ParseMethod)
	t.DealFloor = r.amount("deal_floor", w.DealFloor, t.Currency)
	t.DealCap = r.amount("deal_cap", w.DealCap, t.Currency)
	t.PeriodFloor = r.amount("period_floor", w.PeriodFloor, t.Currency)
	t.PeriodCap = r.amount("period_cap", w.PeriodCap, t.Currency)
	t.Tiers = make([]Tier, len(w.Tiers))
	known = len(*r.problems)
	for i, tier := range w.Tiers {
		at := value.Index("tiers", i)
		strictjson.Needed(r.problems, r.path+"."+at+".rate", *tier.Rate, &t.Tiers[i].Rate, value.ParsePercent)
		if bounded {
			t.Tiers[i].From = r.bound(at+".from", tier.From, t)
			t.Tiers[i].To = r.bound(at+".to", tier.To, t)
		}
	}
	if !bounded || len(*r.problems) > known {
		t.contiguous()
	}
	return t
}

// contiguous gives the tiers bounds that nobody can object to, where the stated ones
// could not be read, so that their rates can still be checked.
func (t *RateTable) contiguous() {
	t.Measure = Attainment
	for i := range t.Tiers {
		t.Tiers[i].From.Amount, t.Tiers[i].To = value.Money{}, Bound{}
		t.Tiers[i].From.Attainment = percent(int64(i))
		if i+1 < len(t.Tiers) {
			t.Tiers[i].To.Attainment = percent(int64(i + 1))
		}
	}
}

func (r tableReader) bound(at string, text *string, t RateTable) Bound {
	switch {
	case text == nil:
		return Bound{}
	case t.Measure != Attainment:
		return Bound{Amount: r.amount(at, text, t.Currency)}
	}
	var b Bound
	strictjson.Needed(r.problems, r.path+"."+at, *text, &b.Attainment, value.ParsePercent)
	return b
}

func (r tableReader) amount(at string, text *string, c value.Currency) value.Money {
	var m value.Money
	if text == nil {
		return m
	}
	if c.IsZero() {
		r.problems.Add(r.path+"."+at, value.NewError(RateCurrency, value.Quote(*text), "has no currency; the table must name one"))
		return m
	}
	strictjson.Needed(r.problems, r.path+"."+at, *text, &m, func(s string) (value.Money, error) { return value.ParseAmount(s, c) })
	return m
}

// wire is the JSON form; nil for the zero value.
func (r RateTerms) wire() *ratesWire {
	if r.isZero() {
		return nil
	}
	w := &ratesWire{
		Year: new(r.Year.String()), Period: new(r.Period.String()),
		Quotas: make(map[string]map[string]string, len(r.Quotas)), Tables: make(map[string]*tableWire, len(r.Tables)),
	}
	for rep, quotas := range r.Quotas {
		w.Quotas[rep] = make(map[string]string, len(quotas))
		for day, quota := range quotas {
			w.Quotas[rep][day.String()] = quota.String()
		}
	}
	for id, table := range r.Tables {
		w.Tables[string(id)] = table.wire()
	}
	return w
}

func (t RateTable) wire() *tableWire {
	w := &tableWire{
		Measure: new(t.Measure.String()), Method: new(t.Method.String()), Tiers: make([]tierWire, len(t.Tiers)),
		DealFloor: t.amountText(t.DealFloor), DealCap: t.amountText(t.DealCap),
		PeriodFloor: t.amountText(t.PeriodFloor), PeriodCap: t.amountText(t.PeriodCap),
	}
	if !t.Currency.IsZero() {
		w.Currency = new(t.Currency.String())
	}
	for i, tier := range t.Tiers {
		w.Tiers[i] = tierWire{From: t.boundWire(tier.From, t.Measure == Attainment), To: t.boundWire(tier.To, false), Rate: new(tier.Rate.String())}
	}
	return w
}

// boundWire writes a bound, or nothing where it is unset and not needed.
func (t RateTable) boundWire(b Bound, needed bool) *string {
	switch {
	case !b.Amount.IsZero():
		return t.amountText(b.Amount)
	case needed || !b.Attainment.IsZero():
		return new(b.Attainment.String())
	default:
		return nil
	}
}

// amountText writes an amount in the table's currency; one in another, which is
// refused, with its own.
func (t RateTable) amountText(m value.Money) *string {
	switch {
	case m.IsZero():
		return nil
	case m.Currency() == t.Currency:
		return new(string(m.AppendAmount(nil)))
	default:
		return new(m.String())
	}
}
