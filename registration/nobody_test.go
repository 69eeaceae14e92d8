package registration_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/registration/memstore"
	"github.com/coselling/coselling/value"
)

const rulesMissing value.Code = "registration.rules.missing"

// Rules that nobody compiled refuse all that can fail, and know nothing.
func TestRulesThatNobodyCompiledAreRefused(t *testing.T) {
	var none *registration.Rules
	c := filed("a", acme, 0, did(registration.Approve, 1))
	claims := []registration.Claim{c}
	for _, r := range []*registration.Rules{none, {}, none.In(value.Workplace{})} {
		errs := make([]error, 6)
		_, errs[0] = r.Submit(claims, filed("b", bolt, 1))
		_, errs[1] = r.Import(c, start)
		_, errs[2] = r.Decide(claims, "a", did(registration.Win, 2))
		_, errs[3] = r.Look(claims, "a", start)
		_, errs[4] = r.WithCustomers(registration.Customer{Account: c.Filing.Account})
		_, errs[5] = registration.Open(memstore.NewStore(nil, nil), r)
		for i, err := range errs {
			if !errors.Is(err, rulesMissing) {
				t.Errorf("%d: %v", i, err)
			}
		}
		if len(r.Standings(claims, start)) > 0 || r.Accounts() != nil || !r.Vendor().IsZero() {
			t.Errorf("%+v knows something", r)
		}
	}
	if from, to := none.Protected(&c, start); !from.IsZero() || !to.IsZero() {
		t.Error("no rules protect")
	}
	if from, to := compile(t, policy()).Protected(nil, start); !from.IsZero() || !to.IsZero() {
		t.Error("no claim is protected")
	}
}

// A registry that nobody opened refuses every call.
func TestRegistryThatNobodyOpenedIsRefused(t *testing.T) {
	f := filing("1", "hooli.com")
	for _, g := range []*registration.Registry{nil, {}} {
		errs := make([]error, 9)
		_, errs[0] = g.Submit(ctx, acme, f)
		_, errs[1] = g.Admit(ctx, acme, f, noor, "agreed")
		_, errs[2] = g.Act(ctx, "a", did(registration.Win, 2))
		_, errs[3] = g.Answer(ctx, acme, "a", start)
		_, _, errs[4] = g.Owner(ctx, matching.Key{}, registration.Scope{}, start)
		_, _, errs[5] = g.Explain(ctx, "a", start)
		_, errs[6] = g.Preview(ctx, acme, f)
		errs[7] = g.Merge(ctx, filed("a", acme, 0))
		_, _, errs[8] = g.Registrant(ctx, "a", registration.Facts{}, start)
		for i, err := range errs {
			if !errors.Is(err, rulesMissing) {
				t.Errorf("%d: %v", i, err)
			}
		}
	}
}

// An id that a document may have is one that an import takes, and the reverse.
func TestIDOfAClaimHas128Bytes(t *testing.T) {
	rules := compile(t, policy())
	for n, ok := range map[int]bool{0: false, 1: true, 128: true, 129: false} {
		c := filed(strings.Repeat("x", n), acme, 0)
		_, err := rules.Import(c, start)
		b, _ := c.MarshalJSON()
		var read registration.Claim
		again := read.UnmarshalJSON(b)
		if (err == nil) != ok || (again == nil) != ok || !ok && !errors.Is(err, value.Code("claim.id")) {
			t.Errorf("%d bytes: %v, read %v", n, err, again)
		}
	}
}
