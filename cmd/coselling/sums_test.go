package main

import (
	"fmt"
	"math/big"
	"regexp"
	"strings"
	"testing"
)

// section is a printed table: its rows without headings, split at the columns.
type section struct {
	heading string
	rows    [][]string
}

var gap = regexp.MustCompile(` {2,}`)

// sections cuts an output at its headings.
func sections(text string) []section {
	var list []section
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		switch {
		case i+1 < len(lines) && strings.HasPrefix(lines[i+1], "───"):
			list = append(list, section{heading: line})
		case len(list) > 0 && line != "" && !strings.HasPrefix(line, "───") && !strings.HasPrefix(line, "···"):
			last := &list[len(list)-1]
			last.rows = append(last.rows, gap.Split(strings.TrimSpace(line), -1))
		}
	}
	return list
}

// number reads a printed figure exactly.
func number(t testing.TB, text string) *big.Rat {
	t.Helper()
	n, ok := new(big.Rat).SetString(strings.ReplaceAll(text, ",", ""))
	if !ok {
		t.Fatalf("%q is no figure", text)
	}
	return n
}

// tally adds up figures by name.
type tally map[string]*big.Rat

func (s tally) add(name string, n *big.Rat) {
	if s[name] == nil {
		s[name] = new(big.Rat)
	}
	s[name].Add(s[name], n)
}

// checkSums checks every total of a text against the lines above it, and returns the
// commission of all deals that are not open, by currency.
func checkSums(t testing.TB, text string) {
	t.Helper()
	earned, deals := tally{}, map[string]string{}
	for _, s := range sections(text) {
		currency, title, _ := strings.Cut(s.heading, "  ")
		switch {
		case currency == "DEALS AND REVERSALS" && !strings.Contains(title, "first"):
			earned = checkDeals(t, s)
		case strings.HasPrefix(title, "EARNED"):
			deals[currency] = strings.TrimPrefix(title, "EARNED  ")
			checkEarned(t, currency, s, earned)
		case strings.HasPrefix(title, "PROJECTED"):
			checkSides(t, s.heading, s.rows[1:4])
			checkInflation(t, s.heading, s.rows[3][2], s.rows[4])
		case strings.HasPrefix(title, "THE SAME DEALS"):
			checkModels(t, s)
			if strings.HasPrefix(s.rows[0][0], "commission") &&
				!strings.HasPrefix(strings.TrimPrefix(title, "THE SAME DEALS UNDER EACH MODEL  "), deals[currency]) {
				t.Errorf("%s: the columns hold other deals than %s", s.heading, deals[currency])
			}
		}
	}
}

// checkDeals adds up the credit and commission of each rep in each currency, of won deals
// and reversals.
func checkDeals(t testing.TB, s section) tally {
	sums := tally{}
	currency, open := "", false
	for i, row := range s.rows {
		switch {
		case i < 3: // headings
		case len(row) == 5 || len(row) == 6:
			_, currency, _ = strings.Cut(row[3], " ")
			open = row[1] == "open*"
		case len(row) == 4 && !open:
			sums.add(currency+" credit "+row[0], number(t, row[2]))
			sums.add(currency+" commission "+row[0], number(t, row[3]))
		}
	}
	return sums
}

// checkEarned compares the totals of reps with their deals, and those of sides with reps.
func checkEarned(t testing.TB, currency string, s section, deals tally) {
	sides := tally{}
	var totals [][]string
	for _, row := range s.rows[1:] {
		if len(row) != 6 {
			continue
		}
		rep, party := row[0], row[1]
		side, _, _ := strings.Cut(party, " ")
		for i, figure := range row[3:] {
			sides.add(fmt.Sprint(side, " side ", i), number(t, figure))
			sides.add(fmt.Sprint("both sides ", i), number(t, figure))
		}
		if len(deals) == 0 {
			continue // not every deal is listed
		}
		credit := new(big.Rat).Add(number(t, row[3]), number(t, row[4]))
		if want := deals[currency+" credit "+rep]; want == nil || credit.Cmp(want) != 0 {
			t.Errorf("%s: %s has a credit of %s, the deals add up to %v", s.heading, rep, credit.FloatString(2), want)
		}
		if want := deals[currency+" commission "+rep]; want == nil || number(t, row[5]).Cmp(want) != 0 {
			t.Errorf("%s: %s has a commission of %s, the deals add up to %v", s.heading, rep, row[5], want)
		}
	}
	for _, row := range s.rows {
		if len(row) == 5 && strings.HasSuffix(row[0], "side") || row[0] == "both sides" {
			totals = append(totals, row)
			for i, figure := range row[2:] {
				if want := sides[fmt.Sprint(row[0], " ", i)]; want == nil || number(t, figure).Cmp(want) != 0 {
					t.Errorf("%s: %s of %s, the reps add up to %v", s.heading, figure, row[0], want)
				}
			}
		}
	}
	checkSides(t, s.heading, totals)
	checkInflation(t, s.heading, totals[len(totals)-1][2], s.rows[len(s.rows)-1])
}

// checkSides checks that the sides add up to both.
func checkSides(t testing.TB, heading string, rows [][]string) {
	both := rows[len(rows)-1]
	if both[0] != "both sides" || len(rows) < 2 {
		t.Fatalf("%s: the last of %q is not both sides", heading, rows)
	}
	for i := range both[2:] {
		sum := new(big.Rat)
		for _, row := range rows[:len(rows)-1] {
			sum.Add(sum, number(t, row[2+i]))
		}
		if sum.Cmp(number(t, both[2+i])) != 0 {
			t.Errorf("%s: the sides add up to %s, not to %s", heading, sum.FloatString(2), both[2+i])
		}
	}
}

var inflationLine = regexp.MustCompile(`^quota inflation ([0-9,.]+%|–): ([-0-9,.]+) of quota credit on a quota value of ([-0-9,.]+)$`)

// checkInflation checks the ratios.
func checkInflation(t testing.TB, heading, credit string, line []string) {
	parts := inflationLine.FindStringSubmatch(strings.Join(line, "  "))
	if parts == nil || parts[2] != credit {
		t.Errorf("%s: %q does not say the inflation of %s", heading, line, credit)
		return
	}
	if number(t, parts[3]).Sign() == 0 {
		if parts[1] != "–" {
			t.Errorf("%s: %s inflation of nothing", heading, parts[1])
		}
		return
	}
	percent := new(big.Rat).Quo(number(t, parts[2]), number(t, parts[3]))
	percent.Mul(percent, big.NewRat(100, 1))
	if got := percent.FloatString(1); got+"%" != strings.ReplaceAll(parts[1], ",", "") {
		t.Errorf("%s: %s inflation, want %s%%", heading, parts[1], got)
	}
}

// checkModels checks that the reps add up to the sides in every column.
func checkModels(t testing.TB, s section) {
	sums := tally{}
	columns := 0
	for _, row := range s.rows {
		switch {
		case len(row) < 3: // a note
		case columns == 0:
			columns = len(row) - 1
		case row[0] != "commission" && row[1] != "both sides" && len(row) == columns+2:
			side, _, _ := strings.Cut(row[1], " ")
			for i, figure := range row[2:] {
				sums.add(fmt.Sprint(side, " side ", i), number(t, figure))
				sums.add(fmt.Sprint("both sides ", i), number(t, figure))
			}
		case row[0] == "commission":
			for i, figure := range row[2:] {
				want := sums[fmt.Sprint(row[1], " ", i)]
				if want == nil {
					want = new(big.Rat)
				}
				if number(t, figure).Cmp(want) != 0 {
					t.Errorf("%s: commission %s of the %s, the reps add up to %v", s.heading, figure, row[1], want)
				}
			}
		}
	}
	if columns != 3 {
		t.Errorf("%s: %d columns", s.heading, columns)
	}
}

func TestSampleAddsUp(t *testing.T) { checkSums(t, output(t)) }

// The column of the policy's model equals the totals above it.
func TestModelsAgreeWithTheTotals(t *testing.T) {
	for i, model := range []string{"origination", "split", "role_based"} {
		policy := strings.Replace(sampleFile(t, "policy.json"), `"role_based",`, `"`+model+`",`, 1)
		text := output(t, "-policy", filed(t, "policy.json", policy))
		checkSums(t, text)
		has(t, text, "» "+dashed(model))
		all := sections(text)
		for j, s := range all {
			if !strings.Contains(s.heading, "THE SAME DEALS") {
				continue
			}
			earned := all[j-1]
			if strings.Contains(earned.heading, "PROJECTED") {
				earned = all[j-2]
			}
			rows := map[string][]string{}
			for _, row := range s.rows {
				rows[strings.Join(row[:min(2, len(row))], " ")] = row
			}
			for _, row := range earned.rows {
				if row[0] != "both sides" {
					continue
				}
				got := []string{rows["quota credit both sides"][2+i], rows["influenced credit both sides"][2+i],
					rows["commission both sides"][2+i]}
				if fmt.Sprint(got) != fmt.Sprint(row[2:]) {
					t.Errorf("%s: %v, above it %v", s.heading, got, row[2:])
				}
			}
		}
	}
}
