package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
)

// check compares what is stored with the answers, and the claims with one another. It returns what does not hold.
func (w *worker) check(ctx context.Context, notes []note) ([]string, error) {
	claims, err := w.claims(ctx)
	if err != nil {
		return nil, err
	}
	deals, err := w.deals(ctx)
	if err != nil {
		return nil, err
	}
	byID, byKey := map[string]registration.Claim{}, map[string]string{}
	var problems []string
	wrong := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	for _, c := range claims {
		byID[c.ID] = c
		if other := byKey[c.Filing.Key]; other != "" {
			wrong("filing %s is stored twice, as %s and %s", c.Filing.Key, other, c.ID)
		}
		byKey[c.Filing.Key] = c.ID
	}
	for _, n := range notes {
		if n.Claim == "" {
			continue
		}
		c, ok := byID[n.Claim]
		if !ok || c.Filing.Key != n.Key || c.Claimant.Org != n.Org || !c.Submitted.Equal(n.Submitted) {
			wrong("the answer to %s of %s is lost: claim %s", n.Key, n.Org, n.Claim)
			continue
		}
		took := func(e registration.Event) bool { return e.Do.String() == n.Do }
		switch n.Do {
		case "approve", "withdraw":
			if !slices.ContainsFunc(c.Events, took) {
				wrong("%s of claim %s is lost", n.Do, n.Claim)
			}
		case "deal":
			if deals[n.Key] != n.Claim {
				wrong("the deal %s is lost, its claim %s is stored", n.Key, n.Claim)
			}
		}
	}
	for key, claim := range deals {
		if byKey[key] != claim {
			wrong("the claim %s of the deal %s is lost", claim, key)
		}
	}
	status := map[string]string{}
	for _, n := range notes {
		if n.Do == "submit" || n.Do == "deal" {
			status[n.Claim] = n.Status
		}
	}
	for _, ring := range rings(claims) {
		problems = append(problems, w.beside(ring)...)
		for _, c := range ring {
			look, err := w.rules.Look(ring, c.ID, c.Submitted)
			if got := look.Standing.Status.String(); err != nil || status[c.ID] != "" && status[c.ID] != got {
				wrong("%s was answered %s and was %s, %v", c.ID, status[c.ID], got, err)
			}
		}
	}
	return problems, nil
}

func (w *worker) claims(ctx context.Context) (list []registration.Claim, err error) {
	rows, err := w.db.QueryContext(ctx, "SELECT body FROM coselling_registration_claim ORDER BY seq")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var body []byte
		var c registration.Claim
		if err := rows.Scan(&body); err != nil {
			return nil, err
		}
		if err := c.UnmarshalJSON(body); err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, rows.Err()
}

func (w *worker) deals(ctx context.Context) (map[string]string, error) {
	rows, err := w.db.QueryContext(ctx, "SELECT id, claim FROM deal")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	deals := map[string]string{}
	for rows.Next() {
		var id, claim string
		if err := rows.Scan(&id, &claim); err != nil {
			return nil, err
		}
		deals[id] = claim
	}
	return deals, rows.Err()
}

// rings groups the claims by their rings of accounts.
func rings(claims []registration.Claim) map[string][]registration.Claim {
	found := map[string][]registration.Claim{}
	for _, c := range claims {
		var site int
		var ring string
		if _, err := fmt.Sscanf(c.Key.Domains[0], "ring%d-%s", &site, &ring); err == nil {
			found[ring] = append(found[ring], c)
		}
	}
	return found
}

// beside checks claims that can touch the same accounts: that no two have one stamp, and that at no instant at which
// something happened two that overlap own.
func (w *worker) beside(claims []registration.Claim) (problems []string) {
	same := func(a, b registration.Claim) bool {
		return w.rules.Accounts().Relation(a.Key, b.Key) == matching.Same
	}
	var instants []time.Time
	for i, a := range claims {
		instants = append(instants, a.Submitted)
		for _, e := range a.Events {
			instants = append(instants, e.At)
		}
		for _, b := range claims[:i] {
			if same(a, b) && a.Submitted.Equal(b.Submitted) {
				problems = append(problems, fmt.Sprintf("%s and %s have one stamp", a.ID, b.ID))
			}
		}
	}
	for _, at := range instants {
		var owners []registration.Standing
		for _, s := range w.rules.Standings(claims, at) {
			if s.Status != registration.Approved {
				continue
			}
			for _, o := range owners {
				if o.Holder != s.Holder && same(o.Claim, s.Claim) {
					problems = append(problems, fmt.Sprintf("%s and %s both own at %v", o.Claim.ID, s.Claim.ID, at))
				}
			}
			owners = append(owners, s)
		}
	}
	for _, c := range claims { // an approval that was taken was never overturned
		for _, e := range c.Events {
			look, err := w.rules.Look(claims, c.ID, e.At)
			if err != nil || e.Do == registration.Approve && look.Standing.Status != registration.Approved {
				problems = append(problems,
					fmt.Sprintf("the approval of %s is overturned: %v, %v", c.ID, look.Standing.Status, err))
			}
		}
	}
	return problems
}
