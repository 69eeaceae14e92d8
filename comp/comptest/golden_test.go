package comptest

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// written returns a golden file of the policy and its text.
func written(t *testing.T, policy comp.Policy, bookings Bookings) (file, text string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "below", "year.golden")
	before := os.Getenv(updateVariable)
	t.Setenv(updateVariable, "1")
	passes(t, func(t testing.TB) { Golden(t, policy, bookings, file) })
	t.Setenv(updateVariable, before)
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return file, string(data)
}

// failsAt is fails for a failure that names a temporary file.
func failsAt(t *testing.T, golden, file string, test func(testing.TB)) {
	t.Helper()
	before := os.Getenv(updateVariable)
	t.Setenv(updateVariable, "")
	r := record(t, test)
	t.Setenv(updateVariable, before)
	if len(r.errors) == 0 {
		t.Fatal("the test does not fail")
	}
	pinned(t, golden, strings.ReplaceAll(strings.Join(r.errors, "\n"), file, "FILE")+"\n")
}

// A golden text has the policy's canonical text, then every kind of line.
func TestGoldenTextHasEveryKindOfLine(t *testing.T) {
	bookings := byTable(year())
	bookings.Deals = append(bookings.Deals, deal("D-6", "1.00", "2026-02-01", "unheard_of"))
	bookings.Movements = append(bookings.Movements,
		comp.Movement{ID: "R-6", Of: "D-6", Kind: comp.Reversed, On: bookings.Deals[0].Closed},
		comp.Movement{ID: "R-4", Of: "D-4", Kind: comp.Reversed, On: value.MustDate("2026-12-02")},
		comp.Movement{ID: "R-1", Of: "D-1", Kind: comp.Reversed, On: bookings.Deals[0].Closed, Amount: usd("40000.00")})
	later := deal("D-7", "30000.00", "2026-03-01", comp.TechnicalValidation)
	later.Deferred = true
	bookings.Deals = append(bookings.Deals, later)
	for i, kind := range []comp.MovementKind{comp.Received, comp.Refunded, comp.WrittenOff} {
		bookings.Movements = append(bookings.Movements, comp.Movement{ID: fmt.Sprint("M-7", i), Of: "D-7", Kind: kind,
			On: value.MustDate(fmt.Sprintf("2026-0%d-02", i+2)), Amount: usd("10000.00")})
	}
	policy := tabled(comp.Attainment, comp.Marginal, "8%", "12%")
	table := policy.Rates.Tables["fast"]
	table.PeriodFloor = usd("9000.00")
	policy.Rates.Tables["fast"] = table
	_, text := written(t, policy, bookings)
	pinned(t, "golden/table", text)
	origination := comp.DefaultPolicy().Under(comp.Origination)
	_, text = written(t, origination, year())
	pinned(t, "golden/origination", text)
	if parsed, err := comp.ParsePolicy([]byte(policyOf(text))); err != nil {
		t.Error(err)
	} else if edits := comp.Diff(parsed, origination); len(edits) > 0 {
		t.Error(edits)
	}
}

// The text shows every number of the policy, even if no booking depends on it.
func TestGoldenShowsEveryEdit(t *testing.T) {
	policy := held(func(t *comp.RateTable) {
		t.DealFloor, t.DealCap, t.PeriodCap = usd("1.00"), usd("2.00"),
			usd("3.00")
	})
	_, text := written(t, policy, Bookings{})
	all, _ := numbers(policy)
	for _, n := range all {
		other, ok := n.movedBy(policy, 1)
		if !ok {
			t.Errorf("%s cannot be moved", n.path)
			continue
		}
		if _, changed := written(t, other, Bookings{}); changed == text {
			t.Errorf("an edit of %s does not show", n.path)
		}
	}
}

func TestGoldenExplainsADifference(t *testing.T) {
	file, text := written(t, comp.DefaultPolicy(), year())
	golden := func(policy comp.Policy, bookings Bookings) func(testing.TB) {
		return func(t testing.TB) { Golden(t, policy, bookings, file) }
	}
	rewrites := os.Getenv(updateVariable)
	t.Setenv(updateVariable, "")
	passes(t, golden(comp.DefaultPolicy(), year()))
	write(t, file, strings.ReplaceAll(text, "\n", "\r\n")) // as another system writes lines
	passes(t, golden(comp.DefaultPolicy(), year()))
	t.Setenv(updateVariable, rewrites)
	for _, c := range []struct {
		name     string
		pinned   string
		policy   comp.Policy
		bookings Bookings
	}{
		{"policy edited", text, changed(func(p *comp.Policy) { p.RoleBased.Contributions[comp.TechnicalValidation] = pct("31%") }), year()},
		{"policy edited without effect", text, changed(func(p *comp.Policy) { p.Origination.Influenced = pct("31%") }),
			year()},
		{"booking edited", text, comp.DefaultPolicy(),
			Bookings{Deals: append(year().Deals[1:], deal("D-3", "48000.01", "2026-06-30", comp.CoSelling)),
				Movements: year().Movements}},
		{"no policy", "statements\n", comp.DefaultPolicy(), year()},
		{"bookings that cannot be compared", strings.Replace(text, `"30%"`, `"29%"`, 1), comp.DefaultPolicy(), year()},
		{"other order", reverseTail(text), comp.DefaultPolicy(), year()},
	} {
		write(t, file, c.pinned)
		failsAt(t, "golden/"+c.name, file, golden(c.policy, c.bookings))
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	failsAt(t, "golden/missing", file, golden(comp.DefaultPolicy(), year()))
	failsAt(t, "golden/no policy given", file, golden(comp.Policy{}, year()))
	if err := os.Mkdir(file, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv(updateVariable, "")
	if r := record(t, golden(comp.DefaultPolicy(), year())); !r.stopped {
		t.Error("a folder in place of the file does not fail")
	}
	t.Setenv(updateVariable, "1")
	if r := record(t, golden(comp.DefaultPolicy(), year())); !r.stopped {
		t.Error("a file that cannot be written does not fail")
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// reverseTail exchanges the last two lines.
func reverseTail(text string) string {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	n := len(lines)
	lines[n-1], lines[n-2] = lines[n-2], lines[n-1]
	return strings.Join(lines, "\n") + "\n"
}

// Only a boolean flag named update of the importer counts.
func TestOnlyABooleanUpdateFlagCounts(t *testing.T) {
	for _, c := range []struct {
		name string
		add  func(*flag.FlagSet)
		want bool
	}{
		{"none", func(*flag.FlagSet) {}, false},
		{"not set", func(f *flag.FlagSet) { f.Bool("update", false, "") }, false},
		{"set", func(f *flag.FlagSet) { f.Bool("update", true, "") }, true},
		{"a text", func(f *flag.FlagSet) { f.String("update", "true", "") }, false},
		{"no getter", func(f *flag.FlagSet) { f.TextVar(new(flagText), "update", new(flagText), "") }, false},
	} {
		set := flag.NewFlagSet("", flag.ContinueOnError)
		c.add(set)
		if got := flagIsSet(set); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
	if flag.Lookup("update") != nil {
		t.Error("the package registers the flag itself")
	}
}

type flagText struct{}

func (*flagText) MarshalText() ([]byte, error) { return nil, nil }
func (*flagText) UnmarshalText([]byte) error   { return nil }
