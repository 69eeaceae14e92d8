package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	agreed "github.com/coselling/coselling/book"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/comptest"
	"github.com/coselling/coselling/internal/goldentest"
	"github.com/coselling/coselling/value"
)

const change = "../../examples/policychange/"

var realDeals = []string{"compare", change + "policy-2026q4.json", change + "policy-2027q1.json", "-at", "2026-11-30",
	"-deals", change + "deals-2026.csv", "-map", change + "deals-map.json"}

// A memo over real deals, and one over made-up deals of two books.
func TestMemoIsAsRecorded(t *testing.T) {
	status, out, said := ran("", realDeals...)
	if status != 0 || !strings.Contains(said, "44 deals, 2 reversals; 4 left out, open or lost") {
		t.Errorf("status %d, %s", status, said)
	}
	goldentest.Compare(t, "testdata/compare_deals.golden", out)
	next := strings.NewReplacer(`"default"`, `"2027"`, `"from": "2026-01-01"`, `"from": "2027-02-01"`, `"protection": 120`,
		`"protection": 100`, `"true_co_sell": "50%"`, `"true_co_sell": "40%"`).Replace(agreed.DefaultDocument())
	status, out, said = ran("", "compare", documents["book"], filed(t, "book.json", next), "-at", "2026-11-30", "-format",
		"markdown")
	if status != 0 || said != "" {
		t.Errorf("status %d, %s", status, said)
	}
	goldentest.Compare(t, "testdata/compare_books.golden", regexp.MustCompile(` to [^ ]*book\.json`).ReplaceAllString(out,
		" to book.json"))
}

// bookNumber is a number in the indented default book: its line, and the path by the names of the book's own difference.
type bookNumber struct {
	line int
	text string
	next []string // the number one more and one less
}

var numberText = regexp.MustCompile(`^( *(?:"[a-z_]+": )?"?)([0-9]+)((?:\.[0-9]+)?(?:%|m| hours?| days?| business days?)?"?,?)$`)

// numbersOf returns every number of a document, a line each; days such as 2026-01-01 are none.
func numbersOf(lines []string) (all []bookNumber) {
	for i, line := range lines {
		m := numberText.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		n, _ := strconv.Atoi(m[2])
		next := bookNumber{line: i, text: strings.Trim(strings.TrimSpace(m[2]+m[3]), `",`)}
		for _, by := range []int{n + 1, n - 1} {
			several := strings.NewReplacer("hour\"", "hours\"", "day\"", "days\"").Replace(m[3])
			next.next = append(next.next, m[1]+strconv.Itoa(by)+several)
		}
		all = append(all, next)
	}
	return all
}

// legalDay is the first day after one on which compensation may change, found day by day.
func legalDay(after string) string {
	day, err := time.Parse(time.DateOnly, after)
	if err != nil {
		panic(err)
	}
	for day = day.AddDate(0, 0, 1); day.Day() != 1 || (day.Month()-1)%3 != 0; day = day.AddDate(0, 0, 1) {
	}
	return day.Format(time.DateOnly)
}

// Every number of the default book, changed one by one, gives a memo that names the field, the old and the new number,
// the first legal day (comp.quarter_lock) and whom it moves. The last day of a stage moves the first day of the next.
func TestEveryNumberOfTheDefaultBookGivesAMemo(t *testing.T) {
	var indented bytes.Buffer
	if err := json.Indent(&indented, []byte(agreed.DefaultDocument()), "", "  "); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(indented.String(), "\n")
	all := numbersOf(lines)
	if len(all) != 107 {
		t.Errorf("%d numbers were found", len(all))
	}
	for _, n := range all {
		var changed []string
		to := ""
		for _, line := range n.next {
			try := slices.Clone(lines)
			try[n.line] = line
			field, text, _ := strings.Cut(strings.Trim(strings.TrimSpace(line), `",`), `": `)
			switch bound, _ := strconv.Atoi(strings.Trim(text, `",`)); {
			case field == "last": // the next stage begins on the day after
				shift(try, n.line+1, 1, "first", bound+1)
			case field == "first":
				shift(try, n.line-1, -1, "last", bound-1)
			}
			if _, err := agreed.Parse([]byte(strings.Join(try, "\n"))); err == nil {
				changed, to = try, strings.Trim(strings.TrimSpace(numberText.ReplaceAllString(line, "$2$3")), `",`)
				break
			}
		}
		where := fmt.Sprintf("line %d, %s", n.line+1, strings.TrimSpace(lines[n.line]))
		if strings.TrimSpace(lines[n.line]) == `"first": 1,` { // every playbook begins on its first day
			if changed != nil {
				t.Errorf("%s: %s is legal", where, to)
			}
			continue
		}
		if changed == nil {
			t.Errorf("%s: one more and one less are both refused", where)
			continue
		}
		if !strings.Contains(lines[n.line], ":") { // an element of a list: the old one ends, the new one begins
			_, out, _ := ran("", "compare", documents["book"], filed(t, "next.json", strings.Join(changed, "\n")))
			if !strings.Contains(out, " "+n.text+" ends.\n") || !strings.Contains(out, " "+to+" is new.\n") {
				t.Errorf("%s: %s", where, out)
			}
			continue
		}
		checkMemo(t, where, n.text, to, strings.Join(changed, "\n"))
	}
}

// shift sets the number of the nearest line with a member.
func shift(lines []string, from, step int, name string, to int) {
	for i := from; i >= 0 && i < len(lines); i += step {
		if rest, ok := strings.CutPrefix(strings.TrimSpace(lines[i]), `"`+name+`": `); ok {
			lines[i] = strings.Replace(lines[i], strings.TrimSuffix(rest, ","), strconv.Itoa(to), 1)
			return
		}
		if strings.Contains(lines[i], `"engagement"`) {
			return // another playbook
		}
	}
}

func checkMemo(t *testing.T, where, from, to, changed string) {
	t.Helper()
	file := filed(t, "next.json", changed)
	status, out, said := ran("", "compare", documents["book"], file, "-at", "2026-11-30", "-format", "json")
	var memo struct {
		FirstDay string `json:"first_day"`
		When     []string
		Changes  []jsonChange
	}
	if err := json.Unmarshal([]byte(out), &memo); err != nil || status != 0 {
		t.Errorf("%s: status %d, %s%v", where, status, said, err)
		return
	}
	at := slices.IndexFunc(memo.Changes, func(c jsonChange) bool {
		return strings.HasPrefix(c.Before, from) && strings.HasPrefix(c.After, to) ||
			strings.Contains(c.Before, from) && strings.Contains(c.After, to) && strings.ContainsAny(c.Before, ", ")
	})
	if at < 0 {
		t.Errorf("%s: no change from %s to %s: %+v", where, from, to, memo.Changes)
		return
	}
	c := memo.Changes[at]
	day := "2026-12-01"
	if strings.HasPrefix(c.Field, "comp.") {
		day = legalDay("2026-11-30")
	}
	if memo.FirstDay != day {
		t.Errorf("%s: the first day is %s, want %s", where, memo.FirstDay, day)
	}
	if len(c.Who) < 10 || strings.HasPrefix(c.Who, "everybody who works") {
		t.Errorf("%s: it moves %q", where, c.Who)
	}
	if !strings.HasSuffix(c.Says, "from "+c.Before+" to "+c.After+".") ||
		!slices.Contains(memo.When, "Decided on 2026-11-30, the change may hold from "+day+" on.") {
		t.Errorf("%s: %q, %q", where, c.Says, memo.When)
	}
	if strings.HasPrefix(c.Field, "comp.role_based") && !strings.Contains(c.Who, "00 USD") {
		t.Errorf("%s: nobody is moved by an amount: %q", where, c.Who)
	}
}

// The first day obeys the fiscal year that is stated, and the end of a quarter is the day before a legal one.
func TestTheFirstLegalDay(t *testing.T) {
	for _, c := range []struct{ at, year, want string }{
		{"2026-11-30", "", "2027-01-01"}, {"2026-12-31", "", "2027-01-01"}, {"2027-01-01", "", "2027-04-01"},
		{"2026-11-30", "february", "2027-02-01"}, {"2027-01-31", "february", "2027-02-01"},
	} {
		args := []string{"compare", documents["policy"], change + "policy-2027q1.json", "-at", c.at}
		if c.year != "" {
			args[1] = filed(t, "a.json", withoutRates(t, args[1]))
			args[2] = filed(t, "b.json", withoutRates(t, args[2]))
			args = append(args, "-fiscal-year", c.year)
		}
		_, out, said := ran("", args...)
		if !strings.Contains(out, "may hold from "+c.want+" on.") {
			t.Errorf("%+v: %s%.900s", c, said, out)
		}
	}
}

// Rates of another fiscal year cannot follow, which the memo says beside everything else.
func TestNoLegalDay(t *testing.T) {
	status, out, said := ran("", "compare", documents["policy"], change+"policy-2027q1.json", "-fiscal-year", "march")
	if text := strings.Join(strings.Fields(out), " "); status != 0 ||
		!strings.Contains(text, `The change can hold on no day: history.versions[0].policy.rates.year_start:`) {
		t.Errorf("status %d, %s%.900s", status, said, out)
	}
}

// A deal that only one of the two can price is named with the reason, and counts as zero there.
func TestDealsThatOneSideRefusesAreNamed(t *testing.T) {
	dropped := strings.Replace(readFile(t, documents["policy"]), `"true_co_sell": "50%",`, "", 1)
	dropped = strings.Replace(dropped, ",\n      \"true_co_sell\": \"50%\"", "", 1)
	next := filed(t, "next.json", dropped)
	for _, args := range [][]string{{documents["policy"], next}, {next, documents["policy"]}} {
		side := map[bool]string{true: "new", false: "old"}[args[1] == next]
		_, out, said := ran("", append([]string{"compare", "-deals", change + "deals-2026.csv", "-map", change + "deals-map.json"},
			args...)...)
		out = strings.Join(strings.Fields(out), " ")
		for _, want := range []string{"8 deals that only one of the two can price", "D-2009, refused by the " + side + " one: booking.payees"} {
			if !strings.Contains(out, want) {
				t.Errorf("no %q: %s%s", want, said, out[max(0, len(out)-1500):])
			}
		}
		_, out, _ = ran("", append([]string{"compare"}, args...)...)
		if !strings.Contains(out, "refused by the "+side+" one:") {
			t.Errorf("made-up deals: %s", out)
		}
	}
}

// withoutRates returns a policy without rate tables, whose fiscal year would count.
func withoutRates(t *testing.T, file string) string {
	t.Helper()
	var policy map[string]any
	if err := json.Unmarshal([]byte(readFile(t, file)), &policy); err != nil {
		t.Fatal(err)
	}
	delete(policy, "rates")
	text, err := json.Marshal(policy)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestCompareStatuses(t *testing.T) {
	one, two := documents["policy"], change+"policy-2027q1.json"
	for _, c := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{one, one}, 0, ""},
		{[]string{one, one, "-exit-code"}, 0, ""},
		{[]string{one, two, "-exit-code"}, 1, "they differ"},
		{[]string{one}, 2, "NEW is missing"},
		{[]string{one, documents["book"]}, 2, "compare two of one kind"},
		{[]string{one, documents["deal"]}, 2, "is no policy and no book"},
		{[]string{one, filed(t, "bad.json", strings.Replace(readFile(t, two), "32%", "132%", 1))}, 2, "132% is above 100%"},
		{[]string{one, two, "-deals", change + "deals-2026.csv"}, 2, "-deals and -map belong together"},
		{[]string{one, two, "-at", "2026-13-01"}, 2, "-at"},
		{[]string{one, two, "-fiscal-year", "may be"}, 2, "fiscal-year"},
		{[]string{one, two, "-map", change + "deals-map.json", "-deals",
			filed(t, "d.csv", strings.Replace(readFile(t, change+"deals-2026.csv"), "01/08/2026", "x", 1))}, 1,
			"1 row cannot be read:\n  line 2: Closed:"},
	} {
		status, out, said := ran("", append([]string{"compare"}, c.args...)...)
		if status != c.status || !strings.Contains(said, c.says) || (out == "") != (status == 2) {
			t.Errorf("%q: status %d, said %q, printed %d bytes", c.args, status, said, len(out))
		}
	}
	if _, out, _ := ran("", "compare", one, one); !strings.Contains(out, "Nothing: the two are equal.") {
		t.Error(out)
	}
}

// Every format has the same facts, with text from outside escaped.
func TestCompareInOtherFormats(t *testing.T) {
	const evil = `=cmd|<b>`
	quotas := fmt.Sprintf(`"quotas": {%q: {"2026-01-01": "10.00 USD"}, `, evil)
	one := strings.Replace(readFile(t, documents["policy"]), `"quotas": {`, quotas, 1)
	two := filed(t, "b.json", strings.Replace(one, `"10.00 USD"`, `"20.00 USD"`, 1))
	for format, want := range map[string]string{
		"markdown": "=cmd\\|&lt;b&gt;", "html": "=cmd|&lt;b&gt;", "csv": `"rates.quotas.""=cmd|<b>"".2026-01-01",10.00 USD,20.00 USD,`,
		"json": `"field": "rates.quotas.\"=cmd|<b>\".2026-01-01"`,
	} {
		status, out, said := ran("", "compare", filed(t, "a.json", one), two, "-format", format)
		if status != 0 || !strings.Contains(out, want) || format == "html" && strings.Contains(out, "<b>") {
			t.Errorf("%s: status %d, %s%.2000s", format, status, said, out)
		}
	}
	status, out, _ := ran("", append(realDeals, "-format", "csv")...)
	const head = "field,before,after,first_day,who,currency,differences,credit,commission\n"
	if status != 0 || !strings.HasPrefix(out, head+"role_based.contributions.technical_validation,30%,32%,2027-01-01,") {
		t.Error(out)
	}
}

// The made-up deals stay few, whatever the policies have.
func TestMadeUpDealsAreBounded(t *testing.T) {
	contributions := make([]string, 900)
	for i := range contributions {
		contributions[i] = fmt.Sprintf(`"c%d": "30%%"`, i)
	}
	one := strings.Replace(withoutRates(t, documents["policy"]), `"technical_validation":"30%"`,
		strings.Join(contributions, ","), 1)
	two := strings.ReplaceAll(one, `"30%"`, `"31%"`)
	status, out, said := ran("", "compare", filed(t, "a.json", one), filed(t, "b.json", two))
	if status != 0 || len(out) > 256<<10 || !strings.Contains(out, "more fields; -format csv lists all") {
		t.Errorf("status %d, %d bytes, %s", status, len(out), said)
	}
}

// The made-up deals reach every number of a policy with tables, quotas, floors and caps, under each model.
func TestMadeUpDealsReachEveryNumber(t *testing.T) {
	day := value.MustDate("2026-02-10")
	for _, file := range []string{documents["policy"], "sample/policy.json"} {
		policy := comptest.Load(t, file)
		unreachable := []string{"origination.influenced"}
		for _, quarter := range []string{"2026-04-01", "2026-07-01"} { // in which the floor and the cap count
			if file == documents["policy"] {
				unreachable = append(unreachable, `rates.quotas."ana.diaz".`+quarter)
			}
		}
		comptest.EveryNumberCounts(t, policy, madeUpDeals(policy, policy, day), unreachable...)
	}
	next := strings.Replace(readFile(t, documents["policy"]), `"2026-04-01": "250000.00`, `"2026-04-01": "240000.00`, 1)
	_, out, _ := ran("", "compare", documents["policy"], filed(t, "next.json", next))
	if !strings.Contains(out, "It moves: ana.diaz +") {
		t.Errorf("a quota that changed moves nobody: %s", out)
	}
	policy := comp.DefaultPolicy().Under(comp.Origination)
	comptest.EveryNumberCounts(t, policy, madeUpDeals(policy, policy, day), "role_based.contributions.technical_validation",
		"role_based.contributions.true_co_sell")
}
