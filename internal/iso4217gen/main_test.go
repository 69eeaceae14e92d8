package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const tablePath = "../../value/currency_table.go"

func readList(t *testing.T) ([]byte, list) {
	t.Helper()
	data, err := os.ReadFile("list-one.csv")
	if err != nil {
		t.Fatal(err)
	}
	l, err := readCSV(data)
	if err != nil {
		t.Fatal(err)
	}
	return data, l
}

func TestTheTableIsMadeFromTheList(t *testing.T) {
	_, l := readList(t)
	changes, err := os.ReadFile("changes.csv")
	if err != nil {
		t.Fatal(err)
	}
	if err := l.readChanges(changes); err != nil {
		t.Fatal(err)
	}
	want, err := l.table()
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(tablePath)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("value/currency_table.go is not what list-one.csv gives; run go generate ./value")
	}
}

func TestTheListIsNotEditedByHand(t *testing.T) {
	data, l := readList(t)
	if !bytes.Equal(data, l.csv()) {
		t.Error("list-one.csv was edited by hand: its head, order or form differ")
	}
}

const sample = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<ISO_4217 Pblshd="2024-06-25"><CcyTbl>
<CcyNtry><CtryNm>US</CtryNm><CcyNm>US Dollar</CcyNm><Ccy>USD</Ccy><CcyNbr>840</CcyNbr><CcyMnrUnts>2</CcyMnrUnts></CcyNtry>
<CcyNtry><CtryNm>SAMOA</CtryNm><CcyNm>US Dollar</CcyNm><Ccy>USD</Ccy><CcyNbr>840</CcyNbr><CcyMnrUnts>2</CcyMnrUnts></CcyNtry>
<CcyNtry><CtryNm>ANTARCTICA</CtryNm><CcyNm>No universal currency</CcyNm></CcyNtry>
<CcyNtry><CtryNm>ZZ08</CtryNm><CcyNm>Gold</CcyNm><Ccy>XAU</Ccy><CcyNbr>959</CcyNbr><CcyMnrUnts>N.A.</CcyMnrUnts></CcyNtry>
<CcyNtry><CtryNm>CHILE</CtryNm><CcyNm IsFund="true">Unidad</CcyNm><Ccy>CLF</Ccy><CcyNbr>990</CcyNbr><CcyMnrUnts>4</CcyMnrUnts></CcyNtry>
</CcyTbl></ISO_4217>`

func TestRefreshWritesListAndTableFromTheXML(t *testing.T) {
	dir := t.TempDir()
	xmlFile, listFile, tableFile := filepath.Join(dir, "x.xml"), filepath.Join(dir, "l.csv"), filepath.Join(dir, "t.go")
	if err := os.WriteFile(xmlFile, []byte(sample), 0o600); err != nil {
		t.Fatal(err)
	}
	changesFile := filepath.Join(dir, "c.csv")
	if err := os.WriteFile(changesFile, []byte(changeColumns+"\nABC,111,2,,2020-12-31,USD\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := run(listFile, changesFile, tableFile, xmlFile, "a test"); err != nil {
		t.Fatal(err)
	}
	listText, err := os.ReadFile(listFile)
	if err != nil {
		t.Fatal(err)
	}
	const wantList = "\ncode,number,minor_units\nCLF,990,4\nUSD,840,2\nXAU,959,N.A.\n"
	if !strings.HasSuffix(string(listText), wantList) || !strings.Contains(string(listText), "\n# published: 2024-06-25\n# source: a test\n") {
		t.Errorf("list:\n%s", listText)
	}
	table, err := os.ReadFile(tableFile)
	if err != nil {
		t.Fatal(err)
	}
	const wantRows = "\t{\"\", noMinorUnit, 0},\n\t{\"ABC\", 2, 1},\n\t{\"CLF\", 4, 0},\n\t{\"USD\", 2, 0},\n\t{\"XAU\", noMinorUnit, 0},\n}\n"
	const wantLife = "\t{Date{0}, Date{737790}, \"USD\"}, // ABC: its beginning to 2020-12-31\n}\n"
	if !strings.Contains(string(table), wantRows) || !strings.HasSuffix(string(table), wantLife) || !strings.Contains(string(table), `CurrencyTableDate = "2024-06-25"`) {
		t.Errorf("table:\n%s", table)
	}
}

func TestEntriesThatTheTableCannotHoldAreRefused(t *testing.T) {
	for name, change := range map[string]*strings.Replacer{
		"two scales for one code":  strings.NewReplacer("<CtryNm>SAMOA</CtryNm><CcyNm>US Dollar</CcyNm><Ccy>USD</Ccy><CcyNbr>840</CcyNbr><CcyMnrUnts>2<", "<Ccy>USD</Ccy><CcyNbr>840</CcyNbr><CcyMnrUnts>3<"),
		"five places":              strings.NewReplacer("<CcyMnrUnts>4<", "<CcyMnrUnts>5<"),
		"no places":                strings.NewReplacer("<CcyMnrUnts>4<", "<CcyMnrUnts><"),
		"a code of four letters":   strings.NewReplacer(">CLF<", ">CLFX<"),
		"a number of two digits":   strings.NewReplacer(">990<", ">99<"),
		"no date":                  strings.NewReplacer("2024-06-25", "soon"),
		"another document":         strings.NewReplacer("ISO_4217", "ISO_3166"),
		"a list without any codes": strings.NewReplacer("CcyNtry", "Other"),
		"cut off":                  strings.NewReplacer("</ISO_4217>", ""),
	} {
		if _, err := readXML([]byte(change.Replace(sample)), "a test"); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	for _, source := range []string{"", "two\nlines"} {
		if _, err := readXML([]byte(sample), source); err == nil {
			t.Errorf("source %q: accepted", source)
		}
	}
}

func TestChangesThatTheTableCannotHoldAreRefused(t *testing.T) {
	l, err := readXML([]byte(sample), "a test")
	if err != nil {
		t.Fatal(err)
	}
	for name, rows := range map[string]string{
		"no days":             "ABC,111,2,,,",
		"a day of no month":   "ABC,111,2,2020-13-01,,",
		"no successor":        "ABC,111,2,,2020-12-31,",
		"no last day":         "ABC,111,2,2020-12-31,,USD",
		"an unknown one":      "ABC,111,2,,2020-12-31,EUR",
		"itself":              "ABC,111,2,,2020-12-31,ABC",
		"other minor units":   "USD,840,3,,2020-12-31,CLF",
		"not sorted":          "ABD,111,2,2020-12-31,,\nABC,112,2,2020-12-31,,",
		"another row on top":  "",
		"a column too little": "ABC,111,2,,2020-12-31",
	} {
		text := changeColumns + "\n" + rows + "\n"
		if rows == "" {
			text = "code,number\n"
		}
		own := list{published: l.published, source: l.source, entries: append([]entry(nil), l.entries...)}
		if err := own.readChanges([]byte(text)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
