package registration_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/registration/memstore"
	"github.com/coselling/coselling/value"
)

var (
	us    = model.VendorOrg("us")
	acme  = model.PartnerOrg("acme")
	bolt  = model.PartnerOrg("bolt")
	noor  = model.Person{Name: "noor", Party: us}
	vic   = model.Person{Name: "vic", Party: us}
	ana   = model.Person{Name: "ana", Party: acme}
	start = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) // a Monday
)

func policy() registration.Policy { return registration.DefaultPolicy("us", "noor", "vic") }

func compile(t fataler, p registration.Policy, customers ...registration.Customer) *registration.Rules {
	t.Helper()
	rules, err := registration.Compile(p, domains.Registrable)
	if err != nil {
		t.Fatal(err)
	}
	rules, err = rules.WithCustomers(customers...)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// desk is a registry with a clock that tests move and ids that count: c1, c2 …
type desk struct {
	*registration.Registry
	store *memstore.Store
	now   time.Time
}

func newDesk(t fataler, rules *registration.Rules) *desk {
	t.Helper()
	d := &desk{now: start}
	n := 0
	d.store = memstore.NewStore(func() time.Time { return d.now }, func() string { n++; return fmt.Sprint("c", n) })
	var err error
	if d.Registry, err = registration.Open(d.store, rules); err != nil {
		t.Fatal(err)
	}
	return d
}

func filing(key string, hosts ...string) registration.Filing {
	return registration.Filing{Key: key, By: "ana", Account: matching.Account{Domains: hosts}}
}

type fataler interface {
	Helper()
	Fatal(...any)
}

func (d *desk) submit(t fataler, p model.Party, f registration.Filing) registration.Answer {
	t.Helper()
	a, err := d.Submit(ctx, p, f)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (d *desk) act(t fataler, id string, do registration.Verb, by model.Person) registration.Answer {
	t.Helper()
	a, err := d.Act(ctx, id, registration.Event{Do: do, By: by, Reason: "said", Progress: d.now})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (d *desk) standing(t fataler, id string) registration.Standing {
	t.Helper()
	x, _, err := d.Explain(ctx, id, d.now.Add(time.Millisecond))
	if err != nil {
		t.Fatal(err)
	}
	return x.Standing
}

// stored returns every claim of the store.
func (d *desk) stored() []registration.Claim { return slices.Collect(d.store.All()) }

func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

func codesOf(err error) []value.Code {
	var found []value.Code
	switch e := err.(type) {
	case *value.Error:
		found = append(found, e.Code)
	case value.Errors:
		for _, one := range e {
			found = append(found, one.Code)
		}
	}
	return found
}

func reasonCodes(list []value.Reason) []value.Code {
	var found []value.Code
	for _, r := range list {
		found = append(found, r.Code())
	}
	return found
}
