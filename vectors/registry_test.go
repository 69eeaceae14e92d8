package vectors_test

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/registration/memstore"
	"github.com/coselling/coselling/value"
)

// account compares two accounts.
func account(input json.RawMessage) (any, error) {
	var in struct{ A, B matching.Account }
	if err := strict(input, &in); err != nil {
		return nil, err
	}
	rules, err := matching.Compile(matching.DefaultPolicy(), domains.Registrable)
	if err != nil {
		return nil, err
	}
	var problems value.Errors
	a, err := rules.Key(in.A)
	problems.Add("a", err)
	b, err := rules.Key(in.B)
	problems.Add("b", err)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	forth, back := rules.Match(a, b), rules.Match(b, a)
	if forth.Relation != back.Relation {
		return nil, errors.New("the order of the two accounts matters")
	}
	return struct {
		Relation string         `json:"relation"`
		Evidence []value.Reason `json:"evidence"`
	}{forth.Relation.String(), forth.Evidence}, nil
}

// overlap compares two lists of accounts, and judges the plans for those that either side calls strategic.
func overlap(input json.RawMessage) (any, error) {
	var in struct {
		Vendor, Partner []matching.Target
		Plans           []struct {
			Vendor, Partner string
			Objectives      []string
			VendorOwner     string `json:"vendor_owner"`
			PartnerOwner    string `json:"partner_owner"`
			Contacts        []string
			NextReview      value.Date `json:"next_review"`
		}
		Today value.Date
	}
	if err := strict(input, &in); err != nil {
		return nil, err
	}
	rules, err := matching.Compile(matching.DefaultPolicy(), domains.Registrable)
	if err != nil {
		return nil, err
	}
	pairs, _, err := rules.Overlap(in.Vendor, in.Partner)
	if err != nil {
		return nil, err
	}
	type pair struct {
		Vendor    string `json:"vendor"`
		Partner   string `json:"partner"`
		Relation  string `json:"relation"`
		Strategic bool   `json:"strategic"`
	}
	var out struct {
		Pairs   []pair         `json:"pairs"`
		Reasons []value.Reason `json:"reasons"`
	}
	for _, p := range pairs {
		out.Pairs = append(out.Pairs, pair{p.Vendor, p.Partner, p.Match.Relation.String(), p.Strategic})
	}
	var plans []matching.JointPlan
	for _, p := range in.Plans {
		plans = append(plans, matching.JointPlan(p))
	}
	out.Reasons = matching.JudgeJointPlans(pairs, plans, in.Today)
	return out, nil
}

// act is one thing that somebody does to the registry: files a claim, or moves one.
type act struct {
	At       time.Time
	ID       string // that a filed claim gets
	Claimant model.Party
	File     json.RawMessage
	Admit    *model.Person // the channel owner who admits the filing as an exception
	Reason   string        // of the exception
	Claim    string
	Do       *registration.Event
}

type registry struct {
	Policy    json.RawMessage
	Customers []registration.Customer
	Acts      []act
	Ask       []struct {
		Claim string
		Party model.Party
		AsOf  time.Time `json:"as_of"`
	}
}

// register does a sequence of acts on an empty registry, and asks about its claims.
func register(input json.RawMessage) (any, error) {
	var in registry
	if err := strict(input, &in); err != nil {
		return nil, err
	}
	var now *act
	g, err := in.open(func() time.Time { return now.At }, func() string { return now.ID })
	if err != nil {
		return nil, err
	}
	var out struct {
		Acts    []any `json:"acts"`
		Answers []any `json:"answers"`
	}
	ctx := context.Background()
	for i := range in.Acts {
		now = &in.Acts[i]
		out.Acts = append(out.Acts, orErrors(now.do(ctx, g)))
	}
	for _, q := range in.Ask {
		answer, err := g.Answer(ctx, q.Party, q.Claim, q.AsOf)
		out.Answers = append(out.Answers, orErrors(answer, err))
	}
	return out, nil
}

func (r *registry) open(now func() time.Time, id func() string) (*registration.Registry, error) {
	data, err := merged(registration.DefaultPolicy("us", "noor", "vic"), r.Policy)
	if err != nil {
		return nil, err
	}
	policy, err := registration.ParsePolicy(data)
	if err != nil {
		return nil, err
	}
	rules, err := registration.Compile(policy, domains.Registrable)
	if err != nil {
		return nil, err
	}
	if rules, err = rules.WithCustomers(r.Customers...); err != nil {
		return nil, err
	}
	return registration.Open(memstore.NewStore(now, id), rules)
}

func (a *act) do(ctx context.Context, g *registration.Registry) (registration.Answer, error) {
	if a.Do != nil {
		return g.Act(ctx, a.Claim, *a.Do)
	}
	// A filing is read as a part of a claim.
	whole, err := json.Marshal(map[string]any{"id": a.ID, "claimant": a.Claimant, "filing": a.File, "submitted": a.At})
	if err != nil {
		return registration.Answer{}, err
	}
	var c registration.Claim
	if err := c.UnmarshalJSON(whole); err != nil {
		return registration.Answer{}, err
	}
	if a.Admit == nil {
		return g.Submit(ctx, a.Claimant, c.Filing)
	}
	d, err := g.Admit(ctx, a.Claimant, c.Filing, *a.Admit, a.Reason)
	return d.For(a.Admit.Party), err
}

// orErrors returns an answer, or the errors in its place.
func orErrors(answer any, err error) any {
	if err != nil {
		return map[string]any{"errors": problems(err)}
	}
	return answer
}
