package main

import (
	"fmt"
	"strings"
	"testing"
)

// quoted writes a cell as in RFC 4180.
func quoted(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }

var hostile = map[string]string{
	"escape sequence":  "\x1b]0;owned\x07\x1b[2J\x1b[31mred",
	"C1 control":       "a\u009b31mred",
	"carriage return":  "sound\rPAID 1,000,000.00",
	"new lines":        "a\n\nUSD  EARNED  9 deals won\n",
	"bidi":             "\u202eevil\u2066\u202c",
	"invisible":        "a\u200b\u200d\ufeffb\u00ad",
	"no-break space":   "a\u00a0b\u3000c",
	"combining marks":  "z" + strings.Repeat("\u0301", 900),
	"format verbs":     "%s%d%!n(MISSING)%%",
	"long":             strings.Repeat("x", 1000),
	"long and wide":    strings.Repeat("漢", 330),
	"words":            strings.Repeat("so many words ", 70),
	"half a million":   strings.Repeat("x", 1<<19),
	"as many controls": strings.Repeat("\x1b", 1<<19),
	"formula":          "=cmd|' /C calc'!A0",
	"table marks":      "│ · » * …",
}

// Every cell is escaped and in its column, and the row is priced or reported.
func TestHostileCellsComeOutInert(t *testing.T) {
	header, _, _ := strings.Cut(sampleFile(t, "deals.csv"), "\n")
	columns := strings.Split(header, ",")
	for name, text := range hostile {
		t.Run(name, func(t *testing.T) {
			var rows strings.Builder
			for i := range columns {
				cells := strings.Split(strings.TrimSpace(row(t, "D-1012", `"120,000.00"`, "120000.00", "D-1012",
					fmt.Sprint("D-", i))), ",")
				if len(cells) != len(columns) {
					t.Fatalf("%d cells", len(cells))
				}
				cells[i] = quoted(text)
				rows.WriteString(strings.Join(cells, ",") + "\n")
			}
			out := onDeals(t, rows.String()) // checks every line
			checkSums(t, out)
			has(t, out, "ROWS  27 read")
			if strings.Count(out, "\nUSD  EARNED") != 1 || strings.Count(out, "\n") > 200 {
				t.Errorf("the output is led astray:\n%.3000s", out)
			}
			if len(out) > 40_000 {
				t.Errorf("the output has %d bytes", len(out))
			}
		})
	}
}

// Names in the mapping are cleaned too, because it may come from outside.
func TestHostileMappingComesOutInert(t *testing.T) {
	for _, text := range hostile {
		if len(text) >= 1<<19 {
			continue // a mapping has at most 4 MiB
		}
		escaped := strings.NewReplacer("\x1b", `\u001b`, "\x07", `\u0007`, "\r", `\r`, "\n", `\n`).Replace(text)
		out := onDeals(t, row(t, "D-1001")+row(t, "D-1003"),
			`"Halden Robotics, partner deals 2026 (a made-up sample)"`, `"`+escaped+`", "made_up": ["`+escaped+`"]`,
			`"acme-consulting"`, `"`+escaped+`"`)
		checkSums(t, out)
	}
}

func TestHostileDealIsShownInFull(t *testing.T) {
	id := "D\x1b[2J\u202e" + strings.Repeat("n", 240)
	rep := "ana\x1b[2J" + strings.Repeat("r", 240)
	header, _, _ := strings.Cut(sampleFile(t, "deals.csv"), "\n")
	text := row(t, "D-1012", "D-1012", id, "ben.okoro", rep, "Lindqvist Bygg", strings.Repeat("\u202ex", 200))
	mapping := strings.Replace(sampleFile(t, "map.json"), `"roster": {`,
		`"roster": {"ana\u001b[2J`+strings.Repeat("r",
			240)+`": {"side": "partner", "org": "acme-consulting", "rate": "8%"},`, 1)
	out := output(t, filed(t, "deals.csv", header+"\n"+text), "-map", filed(t, "map.json", mapping), "-deal",
		id)
	has(t, out, "D [2J nnn", "WHO DOES WHAT", "AR ana [2Jrrr", "9,600.00")
}

// Figures are never cut, words are.
func TestLargeFiguresFit(t *testing.T) {
	for currency, most := range map[string]string{"JPY": "99,999,999,999,999", "USD": "99,999,999,999,999.99",
		"CLF": "99,999,999,999,999.9999"} {
		won := row(t, "D-1009", `"412,345.67"`, quoted(most), "USD", currency, "Isola Ceramica",
			strings.Repeat("wide ", 20))
		rows := won + row(t, "D-1021", `"38,750.25"`, quoted(most), "USD", currency)
		takenBack := reversal(t, "D-1009", "D-1003-R,C", "D-1009-R,C", "USD", currency)
		for _, csv := range []string{rows, rows + takenBack} {
			out := onDeals(t, csv)
			has(t, out, most+" "+currency, most)
			if csv == rows {
				has(t, out, "no totals: ", "is out of range", "PROJECTED") // 130 % of the largest amount
			} else {
				has(t, out, "-"+most+" "+currency, "takes back D-1009")
				checkSums(t, strings.Split(out, currency+"  PROJECTED")[0])
			}
		}
	}
}
