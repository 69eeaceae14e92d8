package comp_test

import (
	"bytes"
	stdjson "encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/goldentest"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

var goldenPolicy = filepath.Join("testdata", "default_policy.json")

// The default policy must not change by accident: teams start from it.
func TestDefaultPolicyIsAsRecorded(t *testing.T) {
	want := goldentest.JSON(t, goldenPolicy, comp.DefaultPolicy())
	read, err := comp.ParsePolicy(want)
	if err != nil || !samePolicy(read, comp.DefaultPolicy()) {
		t.Errorf("read as %+v, %v", read, err)
	}
}

// samePolicy treats nil and empty contributions as equal.
func samePolicy(a, b comp.Policy) bool { return diffPolicy(a, b) == "" }

func diffPolicy(want, got comp.Policy) string {
	if len(want.RoleBased.Contributions)+len(got.RoleBased.Contributions) == 0 {
		want.RoleBased, got.RoleBased = comp.RoleBasedTerms{}, comp.RoleBasedTerms{}
	}
	return diff(want, got)
}

func TestPolicyJSONRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyPolicy().Draw(t, "policy")
		if p.Model != comp.RoleBased && rapid.Bool().Draw(t, "no contributions") {
			clear(p.RoleBased.Contributions)
		}
		text, err := p.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		back, err := comp.ParsePolicy(text)
		if err != nil || !samePolicy(back, p) {
			t.Fatalf("%v: %s\nis read as another policy (-written +read):\n%s", err, text, diffPolicy(p, back))
		}
		again, err := back.MarshalJSON()
		if err != nil || !bytes.Equal(again, text) {
			t.Fatalf("%s\nwritten again as %s, %v", text, again, err)
		}
		compile(t, back)
		// The standard library reads and writes the same.
		type document struct{ Comp comp.Policy }
		whole, err := stdjson.Marshal(document{p})
		if err != nil || string(whole) != `{"Comp":`+string(text)+`}` {
			t.Fatalf("%s, %v", whole, err)
		}
		var d document
		if err := stdjson.Unmarshal(whole, &d); err != nil || !samePolicy(d.Comp, p) {
			t.Fatalf("%+v, %v", d, err)
		}
		d = document{}
		if err := json.Unmarshal(whole, &d); err != nil || !samePolicy(d.Comp, p) {
			t.Fatalf("%+v, %v", d, err)
		}
	})
}

// policyText returns the document of the default policy with one text replaced.
func policyText(t *testing.T, from, to string) string {
	t.Helper()
	text, err := comp.DefaultPolicy().MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(string(text), from) != 1 {
		t.Fatalf("%q does not stand once in %s", from, text)
	}
	return strings.Replace(string(text), from, to, 1)
}

func TestRefusesMalformedPolicyJSON(t *testing.T) {
	const terms = "; allowed are influenced, influenced_counts_toward_quota, influenced_pays_commission"
	for _, c := range []struct {
		name     string
		code     value.Code
		from, to string
		want     []string
	}{
		{"repeated", wire.Repeated, `"model":`, `"model":"split","model":`, []string{"comp.model: the member stands twice"}},
		{"repeated contribution", wire.Repeated, `"contributions":{`, `"contributions":{"true_co_sell":"1%",`, []string{"comp.role_based.contributions.true_co_sell: the member stands twice"}},
		{"wrongly cased", wire.Unknown, `"influenced":`, `"Influenced":`, []string{"comp.origination.Influenced: the member is not known" + terms, "comp.origination.influenced: nothing stands here; the member is needed"}},
		{"unknown", wire.Unknown, `"influenced":`, `"bonus":1,"influenced":`, []string{"comp.origination.bonus: the member is not known" + terms}},
		{"missing", wire.Missing, `"joint_origin":"equal",`, ``, []string{"comp.joint_origin: nothing stands here; the member is needed"}},
		{"missing in a term", wire.Missing, `"influenced_pays_commission":true,`, ``, []string{"comp.origination.influenced_pays_commission: nothing stands here; the member is needed"}},
		{"null is missing", wire.Missing, `{"contributions":{"technical_validation":"30%","true_co_sell":"50%"}}`, `null`, []string{"comp.role_based: nothing stands here; the member is needed"}},
		{"null contributions", wire.Missing, `{"technical_validation":"30%","true_co_sell":"50%"}`, `null`, []string{"comp.role_based.contributions: nothing stands here; the member is needed"}},
		{"trailing", wire.Syntax, `"50%"}}}`, `"50%"}}} {}`, []string{"comp: data follows the end of the document"}},
		{"cut", wire.Syntax, `"50%"}}}`, `"50%"}}`, nil},
		{"type of a percentage", wire.Type, `"influenced":"25%"`, `"influenced":25`, []string{"comp.origination.influenced: a JSON number stands where a text in quotes belongs"}},
		{"type of a flag", wire.Type, `:true`, `:"true"`, []string{"comp.origination.influenced_pays_commission: a JSON string stands where true or false belongs"}},
		{"type of terms", wire.Type, `{"technical_validation":"30%","true_co_sell":"50%"}`, `[]`, []string{"comp.role_based.contributions: a JSON array stands where an object with members belongs"}},
		{"a value that is deep", wire.Type, `"25%"`, strings.Repeat("[", 5000) + strings.Repeat("]", 5000), []string{"comp.origination.influenced: a JSON array stands where a text in quotes belongs"}},
		{"too large", wire.Size, `"50%"}}}`, `"50%"}}}` + strings.Repeat(" ", 1<<20), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := comp.ParsePolicy([]byte(policyText(t, c.from, c.to)))
			if c.want != nil {
				wantError(t, err, c.want...)
			}
			if !errors.Is(err, c.code) || !samePolicy(p, comp.Policy{}) {
				t.Errorf("%+v, %v", p, err)
			}
		})
	}
	for _, text := range []string{"", "null", "{}", "[]", `"x"`, "{", "\xff"} {
		if p, err := comp.ParsePolicy([]byte(text)); err == nil || !samePolicy(p, comp.Policy{}) {
			t.Errorf("%q: %+v, %v", text, p, err)
		}
	}
}

func TestPolicyJSONAtItsLimits(t *testing.T) {
	text := policyText(t, `"25%"`, `"25%"`)
	if _, err := comp.ParsePolicy([]byte(text + strings.Repeat(" ", 1<<20-len(text)))); err != nil {
		t.Error(err)
	}
	_, err := comp.ParsePolicy([]byte(text + strings.Repeat(" ", 1<<20-len(text)+1)))
	wantError(t, err, "comp: 1048577 bytes are above the limit of 1048576")
}

const badPolicy = `{"model":"splitt","joint_origin":"","joint_primary":"","rounding":"up",
	"origination":{"influenced":"25","influenced_pays_commission":true,"influenced_counts_toward_quota":false},
	"role_based":{"contributions":{"b":"130%","a":"0.0000001%","A":"1%"}}}`

func TestPolicyJSONReportsEveryValue(t *testing.T) {
	_, err := comp.ParsePolicy([]byte(badPolicy))
	wantError(t, err,
		`comp.model: "splitt" is not known; allowed are origination, split, role_based`,
		"comp.joint_origin: nothing is given; allowed are equal, partner, vendor",
		"comp.joint_primary: nothing is given; allowed are filer, both",
		`comp.rounding: "up" is not known; allowed are half_even, half_away_from_zero, toward_zero`,
		`comp.origination.influenced: "25" is not a percentage; write digits, a point where needed and a percent sign, like 12.5%`,
		`comp.role_based.contributions.a: "0.0000001%" has more than 6 decimals of a percent`,
		"comp.role_based.contributions.b: 130% is above 100%",
	)
	// The problems of Policy.Check are reported where every value could be read.
	text := strings.NewReplacer("splitt", "split", `"joint_origin":"","joint_primary":""`, `"joint_origin":"equal","joint_primary":"both"`, `"up"`, `"half_even"`, `"25"`, `"25%"`, "0.0000001", "1").Replace(badPolicy)
	_, err = comp.ParsePolicy([]byte(text))
	wantError(t, err, "comp.role_based.contributions.b: 130% is above 100%", `comp.role_based.contributions: "A"`+notAnID)
	// Without a model contributions may be missing.
	for from, want := range map[string][]string{
		`"splitt"`:     {`comp.model: "splitt" is not known; allowed are origination, split, role_based`},
		`"split"`:      nil,
		`"role_based"`: {"comp.role_based.contributions: 0 contributions are given; a role-based policy has at least one"},
	} {
		text := strings.Replace(policyText(t, `{"technical_validation":"30%","true_co_sell":"50%"}`, `{}`), `"model":"role_based"`, `"model":`+from, 1)
		_, err := comp.ParsePolicy([]byte(text))
		wantError(t, err, want...)
	}
}

// Inside another document the path of a problem names the policy once.
func TestPolicyJSONInsideAnotherDocument(t *testing.T) {
	type document struct {
		Comp comp.Policy `json:"comp" wire:"needed"`
	}
	err := wire.Unmarshal([]byte(`{"comp":`+policyText(t, `"equal"`, `"eqal"`)+`}`), 1<<20, new(document))
	wantError(t, err, `comp.joint_origin: "eqal" is not known; allowed are equal, partner, vendor`)
	p := comp.DefaultPolicy()
	err = p.UnmarshalJSON([]byte("{}"))
	if !errors.Is(err, wire.Missing) || !samePolicy(p, comp.DefaultPolicy()) {
		t.Errorf("a refused document left %+v, %v", p, err)
	}
	err = stdjson.Unmarshal([]byte("null"), &p)
	if !errors.Is(err, wire.Missing) {
		t.Errorf("null is read: %v", err)
	}
}

func TestWritesAPolicyThatCompileRefuses(t *testing.T) {
	text, err := comp.Policy{}.MarshalJSON()
	want := `{"model":"","joint_origin":"","joint_primary":"","rounding":"","origination":{"influenced":"","influenced_pays_commission":false,"influenced_counts_toward_quota":false},"role_based":{"contributions":{}}}`
	if err != nil || string(text) != want {
		t.Errorf("%s, %v", text, err)
	}
	p := comp.DefaultPolicy()
	p.RoleBased.Contributions["\xff"] = value.MustPercent("0%")
	if text, err := p.MarshalJSON(); err == nil {
		t.Errorf("what is not UTF-8 is written as %s", text)
	}
}

// CASES R1: a document with very many problems gets a short error, and is refused cheaply.
func TestHostilePoliciesAreRefusedCheaply(t *testing.T) {
	many := func(before, each, after string) string {
		return before + strings.Repeat(each, (1<<20-len(before)-len(after))/len(each)) + after
	}
	for name, data := range map[string]string{
		"unknown members": many(`{`, `"x":0,`, `"y":0}`),
		"contributions":   many(`{"role_based":{"contributions":{`, `"a":0,`, `"b":0}}}`),
		"tables":          many(`{"rates":{"tables":{`, `"a":{},`, `"b":{}}}}`),
		"tiers":           many(`{"rates":{"tables":{"a":{"tiers":[`, `{},`, `{}]}}}}`),
		"quotas":          many(`{"rates":{"quotas":{"a":{`, `"a":"",`, `"b":""}}}}`),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := comp.ParsePolicy([]byte(data))
		runtime.ReadMemStats(&after)
		if n := after.TotalAlloc - before.TotalAlloc; n > 64<<20 {
			t.Errorf("%s: %d bytes allocated", name, n)
		}
		if n := len(problems(err)); n == 0 || n > 101 || len(err.Error()) > 80<<10 {
			t.Errorf("%s: %d problems in %d bytes", name, n, len(err.Error()))
		}
	}
}

func FuzzParsePolicy(f *testing.F) {
	seed, err := comp.DefaultPolicy().MarshalJSON()
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{string(seed), badPolicy, "", "{}", "null", `{"model":null}`, strings.Replace(string(seed), `{"year_start":"january","period":"quarter","quotas":{},"tables":{}}`, goodRates, 1), strings.Repeat("[", 20), string(seed) + "{}", strings.Replace(string(seed), "split", "SPLIT", 1)} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := comp.ParsePolicy(data)
		if err != nil {
			if !samePolicy(p, comp.Policy{}) {
				t.Errorf("beside %v stands %+v", err, p)
			}
			if strings.Contains(fmt.Sprint(codesOf(err)), "error.unexpected") {
				t.Errorf("an error without a code: %v", err)
			}
			return
		}
		compile(t, p)
		text, err := p.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		if back, err := comp.ParsePolicy(text); err != nil || !samePolicy(back, p) {
			t.Errorf("%s\nread as %+v, %v", text, back, err)
		}
		priceEveryTable(t, p)
	})
}

// priceEveryTable prices small and large deals by every table of a policy: a policy that
// compiles never panics, and never pays more than the credit or a floor.
func priceEveryTable(t *testing.T, p comp.Policy) {
	t.Helper()
	plan := compile(t, p)
	for id, table := range p.Rates.Tables {
		run := plan.Run()
		currency := table.Currency
		if currency.IsZero() {
			currency = usd("0").Currency()
		}
		for i, minor := range []int64{1, 99, 12_345, 1_000_000_000, 99_999_999_999_999} {
			amount, err := value.NewMoney(minor, currency)
			if err != nil {
				t.Fatal(err)
			}
			b := comp.Booking{ID: fmt.Sprint("D", i), Value: amount, Closed: won, Source: model.FromPartner,
				Payees: []comp.Payee{{Rep: "ana", Party: acme, Role: comp.Primary, Table: id}}}
			s, err := run.Statement(b)
			if err != nil {
				if strings.Contains(fmt.Sprint(codesOf(err)), "error.unexpected") {
					t.Errorf("an error without a code: %v", err)
				}
				continue
			}
			l := s.Lines[0]
			if paid := l.Commission.Minor(); paid < 0 || paid > max(minor, table.DealFloor.Minor()) {
				t.Errorf("%+v pays %s", table, l.Commission)
			}
			if _, err := plan.TierParts(l); err != nil {
				t.Error(err)
			}
			s.Deferred = true
			if d, err := plan.Payout(s); err != nil {
				t.Errorf("%s: %v", l.Why(), err)
			} else if _, err := d.Payout.Move(comp.Movement{ID: "I", Of: s.Booking, Kind: comp.Received, Amount: amount, On: won}); err != nil {
				t.Error(err)
			}
		}
	}
}
