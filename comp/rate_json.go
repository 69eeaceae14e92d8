package comp

import (
	"maps"
	"slices"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

// ratesWire is the JSON form of [RateTerms].
type ratesWire struct {
	Year   FiscalYear                      `json:"year_start" wire:"needed"`
	Period Period                          `json:"period" wire:"needed"`
	Quotas map[string]map[string]wireQuota `json:"quotas" wire:"needed,..100000,code=comp.quotas.excess,each=..100000"`
	Tables map[TableID]tableWire           `json:"tables" wire:"needed,..1000,code=comp.tables.excess,keys=like=word"`
}

// tableWire is the JSON form of [RateTable]. Amounts stand without the table's currency.
type tableWire struct {
	Measure Measure `json:"measure" wire:"needed"` // the quantity that chooses the tier
	// marginal: a tier prices the credit inside it; retroactive: the highest tier prices all credit
	Method      Method         `json:"method" wire:"needed"`
	Currency    value.Currency `json:"currency,omitzero" wire:"filled"`
	Tiers       []tierWire     `json:"tiers" wire:"needed,..100,code=comp.tiers.missing"`
	DealFloor   *string        `json:"deal_floor,omitzero" wire:"like=limit"`
	DealCap     *string        `json:"deal_cap,omitzero" wire:"like=limit"`
	PeriodFloor *string        `json:"period_floor,omitzero" wire:"like=limit"`
	PeriodCap   *string        `json:"period_cap,omitzero" wire:"like=limit"`
}

// tierWire is the JSON form of [Tier].
type tierWire struct {
	From *string       `json:"from,omitzero" wire:"like=bound"`
	To   *string       `json:"to,omitzero" wire:"like=bound"`
	Rate value.Percent `json:"rate" wire:"needed,part"`
}

// wireQuota is an amount in one text with its currency.
type wireQuota value.Money

func (q wireQuota) AppendText(b []byte) ([]byte, error) {
	return append(b, value.Money(q).String()...), nil
}

func (q *wireQuota) UnmarshalText(text []byte) error {
	m, err := value.ParseMoney(string(text))
	*q = wireQuota(m)
	return err
}

// UnmarshalJSON reads the rates of a policy, as strict as [ParsePolicy]; [Policy.Check] says whether they fit.
func (r *RateTerms) UnmarshalJSON(data []byte) error {
	var w ratesWire
	var terms RateTerms
	err := wire.Document(data, maxPolicyBytes, &w, func(w ratesWire) (err error) {
		terms, err = w.terms()
		return err
	})
	return wire.Store(r, terms, err)
}

func (w ratesWire) terms() (RateTerms, error) {
	r := RateTerms{Year: w.Year, Period: w.Period}
	var problems value.Errors
	if len(w.Quotas) > 0 {
		r.Quotas = make(map[string]map[value.Date]value.Money, len(w.Quotas))
	}
	for _, rep := range slices.Sorted(maps.Keys(w.Quotas)) {
		at, quotas := "quotas."+wire.Member(rep), w.Quotas[rep]
		if quotas == nil {
			problems.Refuse(at, wire.Missing, "nothing", "stands here; the member is needed")
		}
		r.Quotas[rep] = make(map[value.Date]value.Money, len(quotas))
		for _, text := range slices.Sorted(maps.Keys(quotas)) {
			day, err := value.ParseDate(text)
			if err != nil {
				problems.Add(at+"."+wire.Member(text), err)
			}
			r.Quotas[rep][day] = value.Money(quotas[text])
		}
	}
	if len(w.Tables) > 0 {
		r.Tables = make(map[TableID]RateTable, len(w.Tables))
	}
	for _, id := range slices.Sorted(maps.Keys(w.Tables)) {
		table, err := w.Tables[id].table()
		problems.Add("tables."+wire.Member(string(id)), err)
		r.Tables[id] = table
	}
	return r, problems.Err()
}

func (w tableWire) table() (RateTable, error) {
	t := RateTable{Measure: w.Measure, Method: w.Method, Currency: w.Currency, Tiers: make([]Tier, len(w.Tiers))}
	var problems value.Errors
	amount := func(at string, text *string) (m value.Money) {
		if text == nil {
			return m
		}
		var err error = value.NewError(rateCurrency, value.Quote(*text), "has no currency; the table must name one")
		if !t.Currency.IsZero() {
			m, err = value.ParseAmount(*text, t.Currency)
		}
		problems.Add(at, err)
		return m
	}
	bound := func(at string, text *string) (b Bound) {
		if text == nil || t.Measure != Attainment {
			b.Amount = amount(at, text)
			return b
		}
		problems.Add(at, b.Attainment.UnmarshalText([]byte(*text)))
		if b.isZero() {
			return Bound{}
		}
		return b
	}
	for i, tier := range w.Tiers {
		at := value.Index("tiers", i)
		t.Tiers[i] = Tier{bound(at+".from", tier.From), bound(at+".to", tier.To), tier.Rate}
	}
	t.DealFloor, t.DealCap = amount("deal_floor", w.DealFloor), amount("deal_cap", w.DealCap)
	t.PeriodFloor, t.PeriodCap = amount("period_floor", w.PeriodFloor), amount("period_cap", w.PeriodCap)
	return t, problems.Err()
}

// MarshalJSON returns the text that [RateTerms.AppendJSON] appends.
func (r RateTerms) MarshalJSON() ([]byte, error) { return r.AppendJSON(nil) }

// AppendJSON appends the rates as they stand in a policy; see [Policy.MarshalJSON].
func (r RateTerms) AppendJSON(b []byte) ([]byte, error) {
	w := ratesWire{
		r.Year, r.Period,
		make(map[string]map[string]wireQuota, len(r.Quotas)), make(map[TableID]tableWire, len(r.Tables)),
	}
	for rep, quotas := range r.Quotas {
		w.Quotas[rep] = make(map[string]wireQuota, len(quotas))
		for day, quota := range quotas {
			w.Quotas[rep][day.String()] = wireQuota(quota)
		}
	}
	for id, table := range r.Tables {
		w.Tables[id] = table.wire()
	}
	return wire.Append(b, &w)
}

func (t RateTable) wire() tableWire {
	amount := func(m value.Money) *string {
		switch {
		case m.IsZero():
			return nil
		case m.Currency() == t.Currency:
			return new(string(m.AppendAmount(nil)))
		default: // which is refused
			return new(m.String())
		}
	}
	bound := func(b Bound, needed bool) *string {
		if b.Amount.IsZero() && (needed || b.Attainment.Millionths() != 0) {
			return new(b.String())
		}
		return amount(b.Amount)
	}
	w := tableWire{
		t.Measure, t.Method, t.Currency, make([]tierWire, len(t.Tiers)),
		amount(t.DealFloor), amount(t.DealCap), amount(t.PeriodFloor), amount(t.PeriodCap),
	}
	for i, tier := range t.Tiers {
		w.Tiers[i] = tierWire{bound(tier.From, t.Measure == Attainment), bound(tier.To, false), tier.Rate}
	}
	return w
}
