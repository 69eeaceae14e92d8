package crmcsv

import (
	"encoding/csv"
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/internal/reachtest"
)

// sameAsStandard compares cut with encoding/csv on one record, which may have several lines.
// It returns the word cells or mistake, and "" where encoding/csv sees more than one record.
func sameAsStandard(t rapid.TB, record, delimiter string) string {
	if strings.HasPrefix(record, "\n") || strings.HasPrefix(record, "\r\n") {
		return "" // which begins no record
	}
	reader := csv.NewReader(strings.NewReader(record + "\n"))
	reader.Comma, reader.FieldsPerRecord = []rune(delimiter)[0], -1
	want, err := reader.Read()
	problem, malformed := errors.AsType[*csv.ParseError](err)
	if !malformed && (err != nil || reader.InputOffset() != int64(len(record)+1)) {
		return "" // an empty line, or a record that ends before
	}
	got, mistake := cut(nil, textOf([]byte(record), 2, '\n'), delimiter)
	if malformed {
		if mistake != problem.Err.Error() {
			t.Errorf("%q by %q: %q, %q, encoding/csv says %v", record, delimiter, got, mistake, err)
		}
		return problem.Err.Error()
	}
	if mistake != "" || !slices.Equal(got, want) {
		t.Errorf("%q by %q: %q, %q, encoding/csv says %q", record, delimiter, got, mistake, want)
	}
	return "cells"
}

func TestRecordsAreCutAsByEncodingCSV(t *testing.T) {
	seen := reachtest.Seen{}
	reachtest.Check(t, seen, func(t *rapid.T) {
		delimiter := rapid.SampledFrom([]string{",", ";", "\t", "|", "§", "€", "𝄞"}).Draw(t, "delimiter")
		cell := rapid.StringMatching(`([a-z ,;"é§]{0,4}|"[a-z ,;é§]{0,9}"|"([a-z]|""|\r?\n|,){0,6}"|"")`)
		cells := rapid.SliceOfN(cell, 1, 6).Draw(t, "cells")
		became := sameAsStandard(t, strings.Join(cells, delimiter), delimiter)
		seen[became]++
		if became == "cells" && slices.ContainsFunc(cells, func(c string) bool { return strings.Contains(c, "\n") }) {
			seen["lines"]++
		}
	}, "cells", "lines", bareQuote, wrongQuote)
}

func TestRecordsAreCut(t *testing.T) {
	for record, want := range map[string]string{
		"a": "a", "a,b": "a|b", ",": "|", ",,": "||", `"a"`: "a", `"a,b",c`: "a,b|c", `c,"a,b"`: "c|a,b", `"",""`: "|", `"",`: "|", `""`: "",
		"a b,é": "a b|é", `"a""b","""",c`: `a"b|"|c`, "\"a\r\nb\nc\",d": "a\nb\nc|d", "12345678,12345678": "12345678|12345678", `1234567,"1",2`: "1234567|1|2",
		`a"b`: "!" + bareQuote, ` "x"`: "!" + bareQuote, `a,b"`: "!" + bareQuote, `"a"b`: "!" + wrongQuote, `"a`: "!" + wrongQuote, `"a""`: "!" + wrongQuote, `"`: "!" + wrongQuote,
	} {
		cells, mistake := cut(nil, textOf([]byte(record), 2, '\n'), ",")
		if got := strings.Join(cells, "|"); mistake == "" && got != want || mistake != "" && "!"+mistake != want {
			t.Errorf("%q: %q, %q, want %q", record, got, mistake, want)
		}
		sameAsStandard(t, record, ",")
	}
}

// Cells without doubled quotes and line ends are parts of their record.
func TestCellsAreCutWithoutAllocations(t *testing.T) {
	cells := make([]string, 0, 8)
	for record, delimiter := range map[string]string{"a,b,1234567890": ",", `"a,b",c,"",`: ",", "a€b€\"c\"": "€", "\"a\nb\",c": ","} {
		if allocs := testing.AllocsPerRun(10, func() { _, _ = cut(cells, record, delimiter) }); allocs != 0 {
			t.Errorf("%q: %v allocations", record, allocs)
		}
	}
}

func FuzzCut(f *testing.F) {
	for _, seed := range []string{"a,b", `"a,b",c`, `"a""b",c`, `a"b`, `"a"b`, `"`, `"",""`, ",,", "\"a\r\nb\",c", "\"a\r\r\nb\r\",c\r"} {
		f.Add(seed, ',')
		f.Add(strings.ReplaceAll(seed, ",", "€"), '€')
	}
	f.Fuzz(func(t *testing.T, record string, delimiter rune) {
		if m := (form{Delimiter: new(string(delimiter))}); m.delimiter() != delimiter || strings.ContainsRune("\x00\"\r\n\ufffd", delimiter) {
			return
		}
		sameAsStandard(t, record, string(delimiter))
	})
}
