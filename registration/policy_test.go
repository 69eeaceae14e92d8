package registration_test

import (
	"bytes"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/google/go-cmp/cmp"

	"github.com/coselling/coselling/internal/goldentest"
	"github.com/coselling/coselling/internal/wire"

	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/value"
)

var goldenPolicy = filepath.Join("testdata", "default_policy.json")

// The default policy does not change unnoticed: hosts start from it.
func TestDefaultPolicyIsAsRecorded(t *testing.T) {
	want := goldentest.JSON(t, goldenPolicy, policy())
	read, err := registration.ParsePolicy(want)
	if diff := cmp.Diff(policy(), read); err != nil || diff != "" {
		t.Errorf("%v; the policy that is read differs (-want +got):\n%s", err, diff)
	}
}

func TestPolicyJSONRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := policy()
		p.ApproveWithin = rapid.IntRange(1, 260).Draw(t, "approve")
		p.Protection = rapid.IntRange(1, 3650).Draw(t, "protection")
		p.Extension = rapid.IntRange(1, 3650).Draw(t, "extension")
		p.Extensions = rapid.IntRange(0, 10).Draw(t, "extensions")
		p.ConfirmWithin = rapid.IntRange(1, 260).Draw(t, "confirm")
		if p.Reminders = rapid.SliceOfN(rapid.IntRange(1, 3650), 0, 5).Draw(t, "reminders"); len(p.Reminders) == 0 {
			p.Reminders = nil // as an empty list is read
		}
		p.ExistingCustomers = rapid.Bool().Draw(t, "customers")
		b, err := p.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		back, err := registration.ParsePolicy(b)
		if diff := cmp.Diff(p, back); err != nil || diff != "" {
			t.Fatalf("%s\n%v; the policy that is read differs (-want +got):\n%s", b, err, diff)
		}
		if again, err := back.MarshalJSON(); err != nil || !bytes.Equal(again, b) {
			t.Fatalf("%s\nwritten again as %s, %v", b, again, err)
		}
	})
}

func TestPolicyJSONIsStrict(t *testing.T) {
	b, err := policy().MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		from, to string
		code     value.Code
		path     string
	}{
		{`"vendor":`, `"Vendor":`, wire.Unknown, "registration.Vendor"},
		{`"vendor":"us",`, ``, wire.Missing, "registration.vendor"},
		{`"vendor":"us"`, `"vendor":"us","vendor":"us"`, wire.Repeated, "registration.vendor"},
		{`"protection":120`, `"protection":"120"`, wire.Type, "registration.protection"},
		{`"protection":120`, `"protection":120.5`, wire.Type, "registration.protection"},
		{`"protection":120`, `"protection":0`, value.Code("registration.days"), "registration.protection"},
		{`["noor","vic"]`, `["noor"]`, value.Code("registration.channel_owners"), "registration.channel_owners"},
		{`["noor","vic"]`, `["noor","noor"]`, value.Code("registration.channel_owners"), "registration.channel_owners[1]"},
		{`[30,14,7]`, `[30,0]`, value.Code("registration.days"), "registration.reminders[1]"},
		{`"us"`, `""`, value.Code("registration.vendor"), "registration.vendor"},
	} {
		bad := strings.Replace(string(b), c.from, c.to, 1)
		_, err := registration.ParsePolicy([]byte(bad))
		one, ok := errors.AsType[*value.Error](err)
		if !ok || one.Code != c.code || one.Path != c.path {
			t.Errorf("%s for %s: %v", c.to, c.from, err)
		}
	}
}

func TestCompileReportsEveryProblemAtOnce(t *testing.T) {
	p := registration.DefaultPolicy("", "noor")
	p.ApproveWithin, p.Protection, p.Extension, p.ConfirmWithin = 0, 4000, 0, 0
	p.Accounts.AlsoShared = []string{"localhost"}
	_, err := registration.Compile(p, domains.Registrable)
	want := []value.Code{
		"registration.vendor", "registration.channel_owners",
		"registration.days", "registration.days", "registration.days", "registration.days", "matching.shared_domain",
	}
	if got := codesOf(err); !slices.Equal(got, want) {
		t.Errorf("%v", err)
	}
	_, err = compile(t, policy()).WithCustomers(registration.Customer{})
	if got := codesOf(err); !slices.Equal(got, []value.Code{"account.empty"}) {
		t.Errorf("%v", err)
	}
	if _, err := registration.Compile(policy(), nil); !errors.Is(err, value.Code("matching.registrable.missing")) {
		t.Error(err)
	}
}

func TestLintFindsAProtectionShorterThanThePlaybook(t *testing.T) {
	if got := policy().Lint(120); got != nil {
		t.Error(got)
	}
	if got := policy().Lint(121); len(got) != 1 || got[0].Code() != registration.ProtectionShort ||
		got[0].String() != "a claim is protected for 120 days, the playbook takes 121" {
		t.Error(got)
	}
}

func TestStatusesAndActionsAreReadByTheirNames(t *testing.T) {
	for s := registration.Submitted; s <= registration.Refused; s++ {
		if back, err := registration.ParseStatus(s.String()); err != nil || back != s {
			t.Error(s, back, err)
		}
	}
	for a := registration.Approve; a <= registration.Hand; a++ {
		if back, err := registration.ParseVerb(a.String()); err != nil || back != a {
			t.Error(a, back, err)
		}
	}
	if _, err := registration.ParseStatus(""); !errors.Is(err, value.Code("claim.status.unknown")) {
		t.Error(err)
	}
	if _, err := registration.ParseVerb("Approve"); !errors.Is(err, registration.ActionUnknown) {
		t.Error(err)
	}
}

func FuzzParsePolicy(f *testing.F) {
	b, err := policy().MarshalJSON()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := registration.ParsePolicy(data)
		if err != nil {
			return
		}
		out, err := p.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		back, err := registration.ParsePolicy(out)
		if diff := cmp.Diff(p, back); err != nil || diff != "" {
			t.Fatalf("%s\n%v; the policy that is read differs (-want +got):\n%s", out, err, diff)
		}
	})
}
