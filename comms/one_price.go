package comms

import (
	"maps"
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// offer holds the quotes for one item, quantity and term.
type offer struct {
	record
	quoted sides
	latest map[value.Currency]*[model.Vendor + 1]*entry // each side's latest quote
}

func (k *known) takeQuote(e *entry) {
	if !k.judged(e) {
		return
	}
	key := e.Offer
	key.Price = value.Money{}
	o := k.offers[key]
	if o == nil {
		o = &offer{latest: map[value.Currency]*[model.Vendor + 1]*entry{}}
		k.offers[key] = o
	}
	o.quoted[e.Side] = true
	pair := o.latest[e.Offer.Price.Currency()]
	if pair == nil {
		pair = &[model.Vendor + 1]*entry{}
		o.latest[e.Offer.Price.Currency()] = pair
	}
	if last := pair[e.Side]; last == nil || byStart(last, e) < 0 {
		pair[e.Side] = e
		k.queue(o)
	}
}

// judge checks comm.one_price, currency by currency.
func (o *offer) judge(_ *known, v *verdict) {
	if !o.quoted[model.Partner] || !o.quoted[model.Vendor] {
		return
	}
	for _, c := range slices.SortedFunc(maps.Keys(o.latest), value.Currency.Compare) {
		o.compare(v, o.latest[c][model.Partner], o.latest[c][model.Vendor])
	}
}

func (o *offer) compare(v *verdict, partner, vendor *entry) {
	switch {
	case partner == nil:
		v.notComparable(vendor)
	case vendor == nil:
		v.notComparable(partner)
	case partner.Offer.Price != vendor.Offer.Price:
		operands := append(partner.offer(), value.Op("partner", partner.Offer.Price),
			value.Op("vendor", vendor.Offer.Price))
		first, last := partner, vendor
		if byStart(last, first) < 0 {
			first, last = last, first
		}
		v.find(0, last.At, time.Time{}, []string{first.ID, last.ID}, OnePrice,
			"for {quantity} × {item} the partner quotes {partner} and the vendor {vendor}", operands...)
	}
}

func (v *verdict) notComparable(e *entry) {
	v.find(e.Side, e.At, time.Time{}, []string{e.ID}, codeNotComparable,
		"for {quantity} × {item} the {side} quotes {price}, and the {other} nothing in that currency;"+
			" the prices are not comparable",
		append(append(e.offer(), e.sides()...), value.Op("price", e.Offer.Price))...)
}

// offer returns the operands that name what a quote is for.
func (e *entry) offer() []value.Operand {
	o := &e.Offer
	return []value.Operand{value.Op("item", value.Quote(o.Item)), value.Op("quantity", o.Quantity),
		value.Op("months", o.Months)}
}
