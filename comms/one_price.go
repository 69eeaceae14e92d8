package comms

import (
	"maps"
	"slices"
	"time"

	"github.com/coselling/coselling/internal/fold"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// offer holds the quotes for one item, quantity and term.
type offer struct {
	record
	item   *item
	quoted sides
	latest map[value.Currency][]*entry // the latest quote of each author
}

// item is a product that somebody quoted.
type item struct {
	quoted sides
	offers []*offer
}

func (k *known) takeQuote(e *entry) {
	if !k.judged(e) {
		return
	}
	o := k.offer(e)
	quotes := o.latest[e.Offer.Price.Currency()]
	if quotes == nil {
		quotes = make([]*entry, int(model.Vendor)+1+len(k.deal.Others))
		o.latest[e.Offer.Price.Currency()] = quotes
	}
	if last := &quotes[e.author()]; *last == nil || byStart(*last, e) < 0 {
		*last = e
		k.queue(o)
	}
	if e.further > 0 {
		return
	}
	o.quoted[e.Side] = true
	if !o.item.quoted[e.Side] {
		o.item.quoted[e.Side] = true
		k.queueOffers(o.item)
	}
	if !k.priced[e.Side] {
		k.priced[e.Side] = true
		for _, i := range k.items {
			k.queueOffers(i)
		}
	}
}

// offer returns the offer that a quote is for.
func (k *known) offer(e *entry) *offer {
	key := e.Offer
	key.Item, key.Price = fold.Item(key.Item), value.Money{}
	if o := k.offers[key]; o != nil {
		return o
	}
	i := k.items[key.Item]
	if i == nil {
		i = &item{}
		k.items[key.Item] = i
	}
	o := &offer{item: i, latest: map[value.Currency][]*entry{}}
	i.offers = append(i.offers, o)
	k.offers[key] = o
	return o
}

func (k *known) queueOffers(i *item) {
	for _, o := range i.offers {
		k.queue(o)
	}
}

// judge checks comm.one_price, currency by currency. Quotes of a side are not comparable where the other side quoted
// nothing in their currency, or only other items.
func (o *offer) judge(k *known, v *verdict) {
	apart := func(side model.Side) bool { return k.priced[side.Other()] && !o.item.quoted[side.Other()] }
	both := o.quoted[model.Partner] && o.quoted[model.Vendor]
	for _, c := range slices.SortedFunc(maps.Keys(o.latest), value.Currency.Compare) {
		o.compareOthers(v, o.latest[c], k.deal.Others)
		if both {
			o.compare(v, o.latest[c][model.Partner], o.latest[c][model.Vendor])
			continue
		}
		for _, e := range o.latest[c][:model.Vendor+1] {
			if e != nil && apart(e.Side) {
				v.notComparable(e, otherItems)
			}
		}
	}
}

func (o *offer) compare(v *verdict, partner, vendor *entry) {
	switch {
	case partner == nil && vendor == nil: // a participant alone quoted in that currency
	case partner == nil:
		v.notComparable(vendor, otherCurrency)
	case vendor == nil:
		v.notComparable(partner, otherCurrency)
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

// compareOthers compares the quotes of participants with those of the other parties before them.
func (o *offer) compareOthers(v *verdict, quotes []*entry, others []model.Participant) {
	for i := int(model.Vendor) + 1; i < len(quotes); i++ {
		for _, first := range quotes[:i] {
			second := quotes[i]
			if first == nil || second == nil || first.Offer.Price == second.Offer.Price {
				continue
			}
			if byStart(second, first) < 0 {
				first, second = second, first
			}
			v.find(0, second.At, time.Time{}, []string{first.ID, second.ID}, OnePrice,
				"for {quantity} × {item} the {first} quotes {one} and the {second} {two}",
				append(first.offer(), value.Op("first", first.by(others)), value.Op("one", first.Offer.Price),
					value.Op("second", second.by(others)), value.Op("two", second.Offer.Price))...)
		}
	}
}

// Why a quote is not comparable.
const (
	otherCurrency = "for {quantity} × {item} the {side} quotes {price}, and the {other} nothing in that currency;" +
		" the prices are not comparable"
	otherItems = "for {quantity} × {item} the {side} quotes {price}, and the {other} only other items;" +
		" the prices are not comparable"
)

func (v *verdict) notComparable(e *entry, says string) {
	v.find(e.Side, e.At, time.Time{}, []string{e.ID}, codeNotComparable, says,
		append(append(e.offer(), e.sides()...), value.Op("price", e.Offer.Price))...)
}

// offer returns the operands that name what a quote is for.
func (e *entry) offer() []value.Operand {
	o := &e.Offer
	return []value.Operand{value.Op("item", value.Quote(o.Item)), value.Op("quantity", o.Quantity),
		value.Op("months", o.Months)}
}
