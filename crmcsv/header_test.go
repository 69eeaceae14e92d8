package crmcsv_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/value"
)

// writtenAs returns a text of characters up to U+00FF in an encoding, with the mark of the encoding where it is asked for.
func writtenAs(text, encoding string, mark bool) string {
	var out strings.Builder
	switch {
	case encoding == "utf-8" && mark:
		return "\ufeff" + text
	case encoding == "utf-8":
		return text
	case encoding == "iso-8859-1":
		for _, r := range text {
			out.WriteByte(byte(r))
		}
		return out.String()
	case mark:
		text = "\ufeff" + text
	}
	for _, u := range utf16.Encode([]rune(text)) {
		if encoding == "utf-16be" {
			out.Write([]byte{byte(u >> 8), byte(u)})
		} else {
			out.Write([]byte{byte(u), byte(u >> 8)})
		}
	}
	return out.String()
}

// CASES F7 to F9: the same rows are read in every delimiter, encoding and end of line, below titles and above footers.
func TestFormOfAFileChangesNothing(t *testing.T) {
	rows := [][]string{{"D-1", "5", "Société", "ana"}, {"D-2", "6", "two\nlines", "ana"}, {"D-3", "7", `a "b"; c,|` + "\t", "ana"}}
	want := `D-1 5.00 USD "Société" ana, D-2 6.00 USD "two\nlines" ana, D-3 7.00 USD "a \"b\"; c,|" ana`
	seen := reachtest.Seen{}
	reachtest.Check(t, seen, func(t *rapid.T) {
		delimiter := rapid.SampledFrom([]string{",", ";", "\t", "|"}).Draw(t, "delimiter")
		end := rapid.SampledFrom([]string{"\n", "\r\n", "\r"}).Draw(t, "line end")
		encoding := rapid.SampledFrom([]string{"utf-8", "utf-16le", "utf-16be", "iso-8859-1"}).Draw(t, "encoding")
		mark := encoding != "iso-8859-1" && rapid.Bool().Draw(t, "mark")
		title := rapid.SampledFrom([][]string{{"Sales report"}, {"", "As of", "", ""}, {"", "", "", ""}})
		lines, skipped := rapid.SliceOfN(title, 0, 19).Draw(t, "titles"), 0
		for _, l := range lines {
			if len(l) > 0 {
				skipped++
			}
		}
		lines = append(lines, rapid.Permutation([]string{"Deal ID", "value", "Société", "rep"}).Draw(t, "header"))
		header := lines[len(lines)-1]
		for _, row := range rows {
			cells := make([]string, len(header))
			for i, name := range header {
				cells[i] = row[slices.Index([]string{"Deal ID", "value", "Société", "rep"}, name)]
			}
			lines = append(lines, cells)
			if rapid.Bool().Draw(t, "footer") {
				lines, skipped = append(lines, title.Draw(t, "footer text")), skipped+1
			}
		}
		var text strings.Builder
		stated := rapid.Bool().Draw(t, "stated delimiter")
		if !stated && rapid.IntRange(0, 3).Draw(t, "separator line") == 0 {
			text.WriteString("sep=" + delimiter + end)
			seen["sep"]++
		}
		for _, cells := range lines {
			out := make([]string, len(cells))
			for i, cell := range cells {
				if out[i] = cell; strings.ContainsAny(cell, "\n\"|,;\t") {
					out[i] = quoted(strings.ReplaceAll(cell, "\n", end))
				}
			}
			text.WriteString(strings.Join(out, delimiter) + end)
		}
		members := ""
		if stated {
			members = fmt.Sprintf(`"delimiter": %q,`, delimiter)
		}
		if !mark && encoding != "utf-8" || rapid.Bool().Draw(t, "stated encoding") {
			members += fmt.Sprintf(`"encoding": %q,`, strings.ToUpper(encoding))
		}
		m := strings.NewReplacer("{\n", "{"+members, `"column": "id"`, `"column": "deal  id"`, `"id": {`, `"account": {"column": "Socie\u0301te\u0301"}, "id": {`).Replace(smallest)
		parsed, err := crmcsv.ParseMapping([]byte(m))
		if err != nil {
			t.Fatal(err)
		}
		reader, err := crmcsv.NewReader(strings.NewReader(writtenAs(text.String(), encoding, mark)), parsed)
		if err != nil {
			t.Fatalf("%s\n%q: %v", m, text.String(), err)
		}
		var got []string
		for d, err := range reader.Rows() {
			if err != nil {
				t.Fatalf("%q: %v", text.String(), err)
			}
			got = append(got, fmt.Sprintf("%s %s %q %s", d.Booking.ID, d.Booking.Value, d.Account, d.Booking.Payees[0].Rep))
		}
		if strings.Join(got, ", ") != want || reader.Skipped() != skipped {
			t.Errorf("%q\n%s\n%q, %d skipped, want %d", m, members, got, reader.Skipped(), skipped)
		}
		seen[encoding]++
		seen[end]++
	}, "sep", "utf-8", "utf-16le", "utf-16be", "iso-8859-1", "\n", "\r\n", "\r")
}

func TestFileOfAnotherFormIsRefusedByName(t *testing.T) {
	rows := "id,value,rep\nD-1,5,ana\n"
	title := strings.Repeat("a title\n", 20)
	for _, c := range []struct{ members, csv, code, says string }{
		{`"encoding": "windows-1252",`, "\ufeff" + rows, "file.header", `"windows-1252" is the encoding of the mapping, and the file begins with the mark of UTF-8`},
		{`"encoding": "utf-8",`, writtenAs(rows, "utf-16le", true), "file.header", "the mark of UTF-16LE"},
		{`"encoding": "utf-16le",`, writtenAs(rows, "utf-16be", true), "file.header", "the mark of UTF-16BE"},
		{`"delimiter": ";",`, rows, "file.delimiter", `";" is the delimiter of the mapping, and the file looks like ","`},
		{`"delimiter": ",",`, title + "x\n" + strings.ReplaceAll(rows, ",", ";"), "file.column", `"id" is no column of the file; it has "a title"`},
		{`"delimiter": ",",`, "sep=;\n" + rows, "file.delimiter", `the first line of the file says ";"`},
		{``, title + rows, "file.column", `"id" is no column of the file; it has "a title"`},
		{``, "id,value,reps\nD-1,5,ana\n", "file.column", `it has "id", "value", "reps"`},
		{``, "id,Id,value,rep,Rep\n", "", ""},
		{``, "ID,Id,value,rep\n", "file.column", `"id" stands twice`},
		{``, "a \"title\"\nid,value,rep\n", "", ""},
		{``, title[:19*8] + rows, "", ""},
		{``, "sep=,\n" + title[:19*8] + rows, "", ""},
		{``, "sep=,\n" + title + rows, "file.column", `it has "a title"`},
		{``, "\"a\nnote\",id,value,rep\r,D-1,5,ana\r", "", ""},
	} {
		_, err := crmcsv.NewReader(strings.NewReader(c.csv), mapping(t, strings.Replace(smallest, "{", "{"+c.members, 1)))
		refused := refusals(t, err)
		if c.code == "" && err == nil {
			continue
		}
		if c.code == "" || len(refused) == 0 || string(refused[0].code) != c.code || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s %.40q: %v, want %s %q", c.members, c.csv, err, c.code, c.says)
		}
	}
}

// A cell that cannot be read in the stated encoding is refused; the row is not read with a gap in it.
func TestBytesOutsideOfTheEncodingAreRefused(t *testing.T) {
	text := strings.NewReplacer("{\n", `{"encoding": "shift_jis",`).Replace(smallest)
	deals, bad := read(t, text, "id,value,rep,note\nD-1,5,ana,\x82\xa0\nD-2,5,\x82\xff,\nD-3,5,ana,\x82\xff\n")
	if len(deals) != 2 || len(bad) != 1 || !strings.Contains(bad[0].Error(), "is not text in the encoding of the mapping") {
		t.Errorf("%v %v", deals, bad)
	}
}

func TestSourcesAreRefusedWithTheMapping(t *testing.T) {
	for _, c := range []struct{ field, spec, want string }{
		{"id", `{"row_number": true}`, ""},
		{"id", `{"row_number": true, "column": "a"}`, ""},
		{"account", `{"row_number": true}`, ".row_number"},
		{"account", `{"columns": ["a", "b"], "join": " "}`, "ok"},
		{"account", `{"columns": ["a", "b"], "take": "first"}`, "ok"},
		{"account", `{"columns": ["a", "b"]}`, ".columns"},
		{"account", `{"columns": ["a", "b"], "join": "", "take": "first"}`, ".columns"},
		{"account", `{"columns": ["a", "b"], "take": "last"}`, ".take"},
		{"account", `{"columns": [], "take": "first"}`, ""},
		{"account", `{"column": "a", "columns": ["b"], "take": "first"}`, ""},
		{"account", `{"column": "a", "join": " "}`, ""},
		{"account", `{"constant": "a", "take": "first"}`, ""},
		{"account", `{"column": "a", "values": {"Won": "x", "WON ": "y"}}`, ".values.Won"},
		{"account", `{"column": "a", "values": {"Won": "x", "won": "x"}}`, "ok"},
	} {
		text := strings.Replace(smallest, `"id": {"column": "id"}`, `"id": {"column": "id"}, "`+c.field+`": `+c.spec, 1)
		if c.field == "id" {
			text = strings.Replace(smallest, `"id": {"column": "id"}`, `"id": `+c.spec, 1)
		}
		_, err := crmcsv.ParseMapping([]byte(text))
		want := "[{mapping.field.source mapping.fields." + c.field + c.want + "}]"
		if c.want == "ok" || c.spec == `{"row_number": true}` && c.field == "id" {
			want = "[]"
		}
		if got := fmt.Sprint(refusals(t, err)); got != want {
			t.Errorf("%s: %s, want %s", c.spec, got, want)
		}
	}
	for members, want := range map[string]string{
		`"encoding": "klingon",`:                                   "[{mapping.encoding mapping.encoding}]",
		`"encoding": "iso-2022-kr",`:                               "[{mapping.encoding mapping.encoding}]",
		`"encoding": "latin1", "language": "xx", "delimiter": "",`: "[{mapping.delimiter mapping.delimiter} {mapping.language mapping.language}]",
	} {
		_, err := crmcsv.ParseMapping([]byte(strings.Replace(smallest, "{", "{"+members, 1)))
		if got := fmt.Sprint(refusals(t, err)); got != want {
			t.Errorf("%s: %s, want %s", members, got, want)
		}
	}
	reversal := strings.Replace(smallest, `"id": {"column": "id"}`, `"id": {"row_number": true}, "reverses": {"column": "of"}`, 1)
	_, err := crmcsv.ParseMapping([]byte(reversal))
	if got := fmt.Sprint(refusals(t, err)); got != "[{mapping.field.source mapping.fields.reverses}]" {
		t.Error(got)
	}
	twice := strings.Replace(plainMapping, `"bo": {`, `"Jos\u00e9": {"side": "vendor", "org": "us", "rate": "5%"}, "Jose\u0301": {"side": "vendor", "org": "us", "rate": "5%"}, "bo": {`, 1)
	_, err = crmcsv.ParseMapping([]byte(twice))
	if got := fmt.Sprint(refusals(t, err)); got != "[{mapping.roster.twice mapping.roster.José}]" {
		t.Error(got)
	}
}

func TestFractionsAreRates(t *testing.T) {
	text := strings.Replace(plainMapping, `"rate": {"column": "a rate"}`, `"rate": {"column": "a rate", "format": "fraction"}`, 1)
	for cell, want := range map[string]string{
		"0.3": "30%", "0.30000000000": "30%", "1": "100%", "0": "0%", "0.085": "8.5%", "0.00000001": "0.000001%", "00.08": "8%",
		"0.000000001": "percent.scale.excess", "1.01": "percent.above", "8": "percent.above", "-0.1": "percent.below", "8%": "percent.format",
		".3": "percent.format", "0,3": "percent.format", "0.": "percent.format", "1e-1": "percent.format", "0.3.0": "percent.format",
	} {
		deals, bad := read(t, text, file(line(change{"a rate", cell})))
		got := ""
		if len(bad) > 0 {
			got = string(bad[0].Cells[0].Reason.Code)
		} else {
			got = deals[0].Booking.Payees[0].Rate.String()
		}
		if got != want {
			t.Errorf("%q: %s, want %s", cell, got, want)
		}
	}
}

// CASES F8: rows that end in a lone carriage return are read, whatever ends the last of them.
func TestLoneCarriageReturnsAreReadBeforeALastLineFeed(t *testing.T) {
	parsed, err := crmcsv.ParseMapping([]byte(smallest))
	if err != nil {
		t.Fatal(err)
	}
	for _, end := range []string{"", "\r", "\n", "\r\n"} {
		text := "id,value,rep,note\rD-1,5,ana,x\rD-2,6,ana,y" + end
		reader, err := crmcsv.NewReader(strings.NewReader(text), parsed)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		var ids []string
		for d, err := range reader.Rows() {
			if err != nil {
				t.Errorf("%q: %v", text, err)
			}
			ids = append(ids, d.Booking.ID)
		}
		if !slices.Equal(ids, []string{"D-1", "D-2"}) {
			t.Errorf("%q: %q", text, ids)
		}
	}
}

// A zone is the same on every host.
func TestLocalZoneIsRefused(t *testing.T) {
	_, err := crmcsv.ParseMapping([]byte(strings.Replace(smallest, "{\n", `{"zone": "Local",`, 1)))
	if !errors.Is(err, value.Code("mapping.zone")) {
		t.Error(err)
	}
}
