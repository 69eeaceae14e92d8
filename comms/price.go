package comms

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// offer is what the sides quoted for one item, quantity and term.
type offer struct {
	record
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
func (o *offer) judge(*known) verdict {
	var v verdict
	var quoted [model.Vendor + 1]bool
	for _, pair := range o.latest {
		quoted[model.Partner] = quoted[model.Partner] || pair[model.Partner] != nil
		quoted[model.Vendor] = quoted[model.Vendor] || pair[model.Vendor] != nil
	}
	if !quoted[model.Partner] || !quoted[model.Vendor] {
		return v
	}
	currencies := slices.SortedFunc(maps.Keys(o.latest), func(a, b value.Currency) int { return cmp.Compare(a.String(), b.String()) })
	for _, c := range currencies {
		o.compare(&v, o.latest[c][model.Partner], o.latest[c][model.Vendor])
	}
	return v
}

func (o *offer) compare(v *verdict, partner, vendor *entry) {
	switch {
	case partner == nil:
		v.find(notComparable(vendor))
	case vendor == nil:
		v.find(notComparable(partner))
	case partner.Offer.Price != vendor.Offer.Price:
		pair := []*entry{partner, vendor}
		slices.SortFunc(pair, byStart)
		v.find(finding(0, pair[1].At, time.Time{}, []string{pair[0].ID, pair[1].ID}, OnePrice,
			"for {quantity} × {item} the partner quotes {partner} and the vendor {vendor}",
			append(offerOperands(partner), value.Op("partner", partner.Offer.Price), value.Op("vendor", vendor.Offer.Price))...))
	}
}

func notComparable(e *entry) Finding {
	return finding(e.Side, e.At, time.Time{}, []string{e.ID}, NotComparable,
		"for {quantity} × {item} the {side} quotes {price}, and the {other} nothing in that currency; the prices are not comparable",
		append(offerOperands(e), value.Op("side", e.Side.String()), value.Op("other", e.Side.Other().String()), value.Op("price", e.Offer.Price))...)
}

func offerOperands(e *entry) []value.Operand {
	return []value.Operand{value.Op("item", value.Quote(e.Offer.Item)), value.Op("quantity", e.Offer.Quantity), value.Op("months", e.Offer.Months)}
}
