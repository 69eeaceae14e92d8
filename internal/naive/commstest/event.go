package commstest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// cancelled reports whether a meeting or a call is known not to take place.
func (o *oracle) cancelled(id string) bool {
	return slices.ContainsFunc(o.all, func(c comms.Activity) bool {
		return c.Kind == comms.Cancellation && !c.At.After(o.now) && slices.Contains(c.About, id)
	})
}

// held returns the holds that are known; one that is under way has no end yet.
func (o *oracle) held() []value.Pause {
	var list []value.Pause
	for _, h := range o.deal.Holds {
		if h.From.After(o.now) {
			continue
		}
		if h.Until.After(o.now) {
			h.Until = time.Time{}
		}
		list = append(list, h)
	}
	slices.SortFunc(list, func(a, b value.Pause) int { return a.From.Compare(b.From) })
	return list
}

// hours walks from an instant through so many hours that are not on hold; zero where a hold never ends.
func (o *oracle) hours(at time.Time, n int) time.Time {
	left := time.Duration(n) * time.Hour
	for _, h := range o.held() {
		if !h.Until.IsZero() && !h.Until.After(at) {
			continue
		}
		if walk := h.From.Sub(at); walk >= left {
			return at.Add(left)
		} else if walk > 0 {
			left -= walk
		}
		if h.Until.IsZero() {
			return time.Time{}
		}
		at = h.Until
	}
	return at.Add(left)
}

// duty checks that the first of the given activities comes in time.
func (o *oracle) duty(code value.Code, side model.Side, id string, end time.Time, does func(comms.Activity) bool) {
	for _, a := range o.all {
		if a.At.After(o.now) || !does(a) {
			continue
		}
		if !end.IsZero() && a.At.After(end) {
			o.find(code, side, end, a.At, nil, id, a.ID)
		}
		return
	}
	if end.IsZero() {
		return // the hold stops it
	}
	if o.now.After(end) {
		o.find(code, side, end, time.Time{}, nil, id)
	} else {
		o.due(code, side, end, id)
	}
}

// interactions checks comm.notify.
func (o *oracle) interactions() {
	threads := o.threads()
	for _, x := range o.all {
		call := x.Kind == comms.Meeting || x.Kind == comms.Call
		if !call && x.Kind != comms.Mail || call && o.cancelled(x.ID) {
			continue
		}
		if !call && o.person(x.From, x.At) == nil {
			continue // nobody's outreach
		}
		if !o.prospect(x) || o.side(x, x.Side.Other()) || !o.inside(x.At) || over(x).After(o.now) {
			continue
		}
		end := o.hours(over(x), 1)
		o.duty(comms.Notify, x.Side, x.ID, end, func(w comms.Activity) bool {
			if w.Kind == comms.Mail {
				return !call && w.ID != x.ID && !w.At.Before(x.At) && threads[w.ID] == threads[x.ID] &&
					o.side(w, x.Side.Other())
			}
			if w.Kind == comms.Meeting || w.Kind == comms.Call {
				return !o.cancelled(w.ID) && !o.prospect(w) && o.side(w, model.Partner) && o.side(w, model.Vendor) &&
					!w.At.Before(over(x)) && !over(w).After(o.now) && (end.IsZero() || !over(w).After(end))
			}
			if w.Kind != comms.Notification && !(w.Kind == comms.Note && w.Shared) {
				return false
			}
			if len(w.About) > 0 {
				return slices.Contains(w.About, x.ID)
			}
			return w.Side == x.Side && !w.At.Before(over(x)) && (end.IsZero() || !w.At.After(end))
		})
	}
}

// notesAndQuestions checks comm.shared_notes and comm.response.
func (o *oracle) notesAndQuestions() {
	for _, x := range o.all {
		if !o.inside(x.At) || x.At.After(o.now) {
			continue
		}
		other := x.Side.Other()
		switch {
		case x.Kind == comms.Question:
			o.duty(comms.Response, other, x.ID, o.hours(x.At, 24), func(a comms.Activity) bool {
				return a.Kind == comms.Answer && slices.Contains(a.About, x.ID)
			})
		case x.Kind == comms.Note && x.Shared && len(x.About) == 0:
			o.duty(comms.SharedNotes, other, x.ID, o.hours(x.At, 24), func(a comms.Activity) bool {
				return a.Kind == comms.Note && a.Side == other && slices.Contains(a.About, x.ID)
			})
		}
	}
}

// quotes checks comm.one_price: a quote counts while its side has no later one.
func (o *oracle) quotes() {
	var latest []comms.Activity
	for _, q := range o.all {
		if q.Kind != comms.Quote || q.At.After(o.now) || !o.inside(q.At) {
			continue
		}
		latest = slices.DeleteFunc(latest, func(p comms.Activity) bool {
			return p.Side == q.Side && alike(p.Offer, q.Offer) && p.Offer.Price.Currency() == q.Offer.Price.Currency()
		})
		latest = append(latest, q)
	}
	for i, b := range latest {
		answered, elsewhere, quotes, pairs := false, false, false, false
		for j, a := range latest {
			if a.Side == b.Side {
				continue
			}
			quotes, pairs = true, pairs || sameItem(a.Offer.Item, b.Offer.Item)
			if !alike(a.Offer, b.Offer) {
				continue
			}
			if a.Offer.Price.Currency() != b.Offer.Price.Currency() {
				elsewhere = true
				continue
			}
			answered = true
			if j < i && a.Offer.Price != b.Offer.Price {
				o.find(comms.OnePrice, 0, b.At, time.Time{}, nil, a.ID, b.ID)
			}
		}
		if elsewhere && !answered || quotes && !pairs {
			o.find(value.Code(fmt.Sprint(comms.OnePrice, ".not_comparable")), b.Side, b.At, time.Time{}, nil, b.ID)
		}
	}
}

// sameItem knows the spellings that random logs have.
func sameItem(a, b string) bool {
	spelling := strings.NewReplacer(" ", "", "-", "", "é", "e")
	return spelling.Replace(strings.ToLower(a)) == spelling.Replace(strings.ToLower(b))
}

func alike(a, b comms.Offer) bool {
	return sameItem(a.Item, b.Item) && a.Quantity == b.Quantity && a.Months == b.Months
}

// met returns the meetings with the prospect that are planned or were held.
func (o *oracle) met() []comms.Activity {
	return slices.DeleteFunc(slices.Clone(o.all), func(a comms.Activity) bool {
		return a.Kind != comms.Meeting || !o.prospect(a) || o.cancelled(a.ID)
	})
}

// message checks comm.one_message.
func (o *oracle) message() {
	for _, m := range o.met() {
		if m.At.Before(o.deal.Opened) {
			continue
		}
		if !o.inside(m.At) {
			return
		}
		agreed := o.deal.Agreed
		if agreed.After(o.now) {
			agreed = time.Time{}
		}
		if !agreed.IsZero() && !agreed.After(m.At) {
			return
		}
		if m.At.After(o.now) {
			o.due(comms.OneMessage, 0, m.At, m.ID)
		} else {
			o.find(comms.OneMessage, 0, m.At, agreed, nil, m.ID)
		}
		return
	}
}
