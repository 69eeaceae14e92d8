package crmcsv_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/value"
	"github.com/google/go-cmp/cmp"
)

// everyField lets cmp compare values by their unexported fields too.
var everyField = cmp.Exporter(func(reflect.Type) bool { return true })

// plainMapping maps every field to the column of its name, those of payees to a… and b….
const plainMapping = `{
  "export": "a test",
  "fields": {
    "id": {"column": "id"}, "account": {"column": "account"}, "stage": {"column": "stage"},
    "value": {"column": "value"}, "currency": {"column": "currency"}, "closed": {"column": "closed"},
    "partner_quota": {"column": "pq"}, "vendor_quota": {"column": "vq"},
    "source": {"column": "source"}, "registrant": {"column": "registrant"}, "engagement": {"column": "engagement"},
    "reverses": {"column": "reverses"}, "both_engaged": {"column": "both"}
  },
  "payees": [
    {"rep": {"column": "a rep"}, "side": {"column": "a side"}, "org": {"column": "a org"}, "rate": {"column": "a rate"},
     "role": {"column": "a role"}, "contribution": {"column": "a part"}, "share": {"column": "a share"}},
    {"rep": {"column": "b rep"}, "share": {"column": "b share"}}
  ],
  "roster": {
    "bo": {"side": "vendor", "org": "us", "rate": "5%"},
    "cy": {"side": "vendor", "org": "us", "rate": "0%"}
  }
}`

// good holds the cells of a row that becomes a deal under plainMapping.
var good = map[string]string{
	"id": "D-1", "account": "Aster Foods", "stage": "won", "value": "1200.50", "currency": "USD", "closed": "2026-01-31",
	"source": "partner", "a rep": "ana", "a side": "partner", "a org": "acme", "a rate": "8%", "b rep": "bo",
}

// columns is the header of plainMapping.
var columns = []string{
	"id", "account", "stage", "value", "currency", "closed", "pq", "vq", "source", "registrant", "engagement", "reverses", "both",
	"a rep", "a side", "a org", "a rate", "a role", "a part", "a share", "b rep", "b share",
}

// change names a column and another text for it.
type change struct{ column, text string }

// line returns the good row with changes, as CSV.
func line(changes ...change) string {
	cells := make([]string, len(columns))
	for i, column := range columns {
		text := good[column]
		for _, c := range changes {
			if c.column == column {
				text = c.text
			}
		}
		cells[i] = quoted(text)
	}
	return strings.Join(cells, ",") + "\n"
}

// quoted writes a cell as RFC 4180 wants it.
func quoted(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }

// file puts the header before rows.
func file(rows ...string) string { return strings.Join(columns, ",") + "\n" + strings.Join(rows, "") }

func mapping(t testing.TB, text string) crmcsv.Mapping {
	t.Helper()
	m, err := crmcsv.ParseMapping([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// read returns the deals and the bad rows of a file; any other error fails.
func read(t testing.TB, mappingText, csv string) (deals []crmcsv.Row, bad []*crmcsv.BadRow) {
	t.Helper()
	reader, err := crmcsv.NewReader(strings.NewReader(csv), mapping(t, mappingText))
	if err != nil {
		t.Fatal(err)
	}
	for deal, err := range reader.Rows() {
		if row, ok := errors.AsType[*crmcsv.BadRow](err); ok {
			bad = append(bad, row)
		} else if err != nil {
			t.Fatal(err)
		} else {
			deals = append(deals, deal)
		}
	}
	return deals, bad
}

// readOne returns the only deal of a file without bad rows.
func readOne(t testing.TB, mappingText, csv string) crmcsv.Row {
	t.Helper()
	deals, bad := read(t, mappingText, csv)
	if len(deals) != 1 || len(bad) != 0 {
		t.Fatalf("%d deals and bad rows %v, want one deal", len(deals), bad)
	}
	return deals[0]
}

// refusal is a problem of a document: its code and its path.
type refusal struct {
	code value.Code
	path string
}

func refusals(t testing.TB, err error) []refusal {
	t.Helper()
	var list value.Errors
	list.Add("", err)
	refused := make([]refusal, len(list))
	for i, e := range list {
		refused[i] = refusal{e.Code, e.Path}
		if e.Got == "" || e.Problem == "" || strings.ContainsAny(e.Error(), "\n\x00") || len(e.Error()) > 2000 {
			t.Errorf("%q does not read as one sentence", e.Error())
		}
	}
	return refused
}
