package registration

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

const (
	defaultPage = 100
	maxPage     = 1000
)

// Filter says which claims a list has. The zero value asks for all that the party may list.
type Filter struct {
	Status Status // as of the instant; zero: any; [Refused] is an error, as refused filings are not stored
	// claims of this party: filed by it, held by it or naming it; zero: for the vendor all, for a partner its own
	Party     model.Party
	Account   matching.Account // claims on the same account (reg.same_account); zero: on any
	DueBefore time.Time        // only claims of which something falls due before this instant; zero: any
	AsOf      time.Time        // the instant; zero: the time of the store at the first page, with what was filed since
	After     string           // the Next of the page before, of the same party and filter; empty: the first page
	Limit     int              // claims on a page, at most 1,000; zero: 100
}

// Page is a part of a list.
type Page struct {
	Claims []Listed  `json:"claims"`         // in the order of the list; nil: none
	AsOf   time.Time `json:"as_of,omitzero"` // the instant of the list, on every page the same
	Next   string    `json:"next,omitzero"`  // for the After of the next page; empty: this is the last one
}

// MarshalJSON returns the page with its members in a fixed order. Nothing reads this form back.
func (p Page) MarshalJSON() ([]byte, error) { return wire.Marshal(&p) }

// Listed is a claim on a list, as far as each party may know it that may list it.
type Listed struct {
	Claim     string           `json:"claim"` // its id
	Claimant  model.Party      `json:"claimant"`
	Account   matching.Account `json:"account"` // as it was filed; its slices must not be changed
	Scope     Scope            `json:",inline"`
	Status    Status           `json:"status"`
	Submitted time.Time        `json:"submitted"`
	// what falls due next: the decision on a submitted claim, also when it is late, a reminder of an approved one, or
	// else its end; zero: nothing
	Due time.Time `json:"due,omitzero"`
	// end of the protection, kept when the claim ends before; zero: it was never approved
	Until time.Time `json:"until,omitzero"`
}

// List returns a page of the claims that a party may list: the vendor all, a partner those that it has filed, holds or
// is named by. First come those with the earliest Due, claims without one last; then by Until, alike; then by id.
//
// The status is as of the instant by all steps that were taken when the page is read; a claim that was filed after an
// AsOf is not listed. A claim that changes between two pages may be on both or on none. What falls due is that of the
// rules of the last step on the account: after a change of the policy, [Registry.Merge] of a claim lists its account
// anew.
//
// Errors, all at once, each at the field: side.unknown, party.org and filing.vendor for a malformed party,
// [ActorForbidden] for a list of another party's claims (of the class [value.Forbidden]), list.status,
// [AccountUndecided] and those of [matching.Rules.Key], list.limit, and list.after for text that is no Next, or that of
// another party or filter. Also those of the context and of the store.
func (g *Registry) List(ctx context.Context, party model.Party, f Filter) (Page, error) {
	if g == nil || g.store == nil {
		return Page{}, rulesMissing()
	}
	l, err := g.rules.lister(party, f)
	if err != nil {
		return Page{}, err
	}
	for {
		var unlisted []Keyed
		err := g.store.Read(ctx, func(tx Tx) (err error) {
			if unlisted, err = tx.List(unlistedKeys, unlistedKeys+keyEnd, maxPage); err == nil && len(unlisted) == 0 {
				err = l.read(tx)
			}
			return err
		})
		if err != nil {
			return Page{}, err
		}
		if len(unlisted) == 0 {
			return l.page(), nil
		}
		if err := g.listAgain(ctx, unlisted); err != nil {
			return Page{}, err
		}
	}
}

// listAgain lists claims that are in no list, with all claims on their accounts.
func (g *Registry) listAgain(ctx context.Context, unlisted []Keyed) error {
	ids := make([]string, len(unlisted))
	for i := range unlisted {
		ids[i] = unlisted[i].Claim.ID
	}
	return g.store.Write(ctx, Subject{Claims: ids, Reach: true}, func(tx Tx) error { return g.relist(tx, ids) })
}

// relist stores how claims and all that can touch their accounts are listed.
func (g *Registry) relist(tx Tx, ids []string) error {
	var entries []Keyed
	done := make(map[string]bool)
	for _, id := range ids {
		if done[id] {
			continue
		}
		c, ok, err := tx.Claim(id)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		claims, err := together(tx, c.Key, c.Key.Terms())
		if err != nil {
			return err
		}
		for _, e := range g.rules.entries(claims, stamp(tx.Now(), claims)) {
			done[e.Claim.ID] = true
			entries = append(entries, e)
		}
	}
	return tx.Put(entries...)
}

// moved returns the entries of a claim that took a step and of the others that now stand otherwise.
func (r *Rules) moved(claims []Claim, c Claim, at time.Time) []Keyed {
	before := make(map[string][]string, len(claims))
	for _, e := range r.entries(claims, at) {
		before[e.Claim.ID] = e.Keys
	}
	after := slices.Clone(claims)
	after[slices.IndexFunc(after, func(o Claim) bool { return o.ID == c.ID })] = c
	return slices.DeleteFunc(r.entries(after, at), func(e Keyed) bool {
		return e.Claim.ID != c.ID && slices.Equal(e.Keys, before[e.Claim.ID])
	})
}

// lister reads one page.
type lister struct {
	rules *Rules
	list  string // the first part of its keys
	f     Filter
	key   matching.Key // of the account; zero: any
	from  cursor
	found []Keyed // each with the one key of the list, in its order; at most one more than the page has
}

// lister checks a filter and returns what reads its page.
func (r *Rules) lister(party model.Party, f Filter) (*lister, error) {
	var problems value.Errors
	problems.Add("", r.checkParty(party))
	of := f.Party // zero: all
	switch {
	case !of.IsZero():
		problems.Add("party", r.checkParty(of))
		if of != party && party != r.vendor {
			problems.Add("party", refused(value.Forbidden, ActorForbidden, of.String(),
				"is another party, whose claims only the vendor lists"))
		}
	case party != r.vendor:
		of = party
	}
	if f.Status.String() == "" && f.Status != 0 || f.Status == Refused {
		problems.Refuse("status", "list.status", value.Quote(f.Status.String()),
			"is no status of a claim that is stored; write one of submitted to lost")
	}
	if f.Limit < 0 || f.Limit > maxPage {
		problems.Refuse("limit", "list.limit", strconv.Itoa(f.Limit),
			"is no number of claims on a page; write 1 to "+strconv.Itoa(maxPage))
	}
	l := &lister{rules: r, list: listOf(of), f: f}
	if wire.Compare(&f.Account, &matching.Account{}) != 0 {
		key, err := r.accounts.Key(f.Account)
		problems.Add("account", err)
		if err == nil && !key.Decides() {
			problems.Refuse("account", AccountUndecided, value.Quote(f.Account.Name),
				"has neither an identifier nor a domain of its own, so no claim is sure to be on it")
		}
		l.key = key
	}
	problems.Add("due_before", checkBound(f.DueBefore))
	problems.Add("as_of", checkBound(f.AsOf))
	var err error
	l.from, err = l.cursor()
	problems.Add("after", err)
	if l.f.Limit == 0 {
		l.f.Limit = defaultPage
	}
	return l, problems.Err()
}

// checkBound refuses an instant outside of the years 1 to 9000.
func checkBound(at time.Time) error {
	if at.IsZero() {
		return nil
	}
	return wire.CheckInstant(at, "")
}

// read reads the claims of the page from a store.
func (l *lister) read(tx Tx) error {
	if l.from.at.IsZero() {
		l.from.at = tx.Now().UTC().Round(0).Truncate(time.Microsecond)
	}
	l.found = nil
	list := tx.List
	if l.key.Decides() {
		claims, err := together(tx, l.key, l.key.Terms())
		if err != nil {
			return err
		}
		list = l.rules.onAccount(claims, l.key, stamp(tx.Now(), claims))
	}
	for status := Submitted; status < Refused; status++ {
		if l.f.Status != 0 && l.f.Status != status {
			continue
		}
		if err := l.scan(list, status); err != nil {
			return err
		}
	}
	return nil
}

// scan reads the claims of a status that are on the page, unless those found before fill it.
func (l *lister) scan(list func(from, to string, limit int) ([]Keyed, error), status Status) error {
	within := l.list + "\t" + status.String() + "\t"
	from, to := l.bounds(status)
	for want := l.f.Limit + 1; ; {
		if len(l.found) == want {
			to = min(to, placeOf(l.found[want-1].Keys[0]))
		}
		if from >= to {
			return nil
		}
		entries, err := list(within+from, within+to, want)
		if err != nil {
			return err
		}
		for _, e := range entries {
			from = e.Keys[0][len(within):] + keyEnd
			if !l.known(e) {
				continue
			}
			l.found = append(l.found, e)
		}
		slices.SortFunc(l.found, comparePlaces)
		l.found = l.found[:min(len(l.found), want)]
		if len(entries) < want {
			return nil
		}
	}
}

// page returns what was read.
func (l *lister) page() Page {
	p := Page{AsOf: l.from.at}
	if len(l.found) > l.f.Limit {
		l.found = l.found[:l.f.Limit]
		p.Next = l.next(placeOf(l.found[l.f.Limit-1].Keys[0]))
	}
	for i := range l.found {
		p.Claims = append(p.Claims, listed(&l.found[i]))
	}
	return p
}
