package crmcsv_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// FuzzRead reads any file: nothing panics, each deal is complete, each bad row has its place
// and its reason in a short line, and line numbers rise.
func FuzzRead(f *testing.F) {
	f.Add(file(line(), line(change{"id", "D-2"}, change{"reverses", "D-1"}, change{"value", "-1200.50"})))
	f.Add("\ufeff" + strings.ReplaceAll(file(line(), "\n", line(change{"id", "a\r\nb"})), "\n", "\r\n"))
	f.Add(file(line(change{"value", "1e999999999"}), line(change{"value", "NaN"}), line(change{"value", "100000000000000"}), line(change{"currency", "XAU"})))
	f.Add(file("\"open,1\n", line(), "bare\"\n", ",,,\n", "\x00\n", "\xff\xfe\n"))
	f.Add(file(strings.Repeat("\"\"\n", 9), "\"\"\"\"\n", "\"", line()))
	f.Add("")
	f.Add("\"")
	f.Add("sep=;\n" + strings.ReplaceAll(file(line(), "\n;\nfooter\n"), ",", ";"))
	f.Add("title\r\r" + strings.ReplaceAll(file(line()), "\n", "\r"))
	f.Add("\xff\xfe" + writtenAs(file(line()), "utf-16le", false))
	f.Add("PK\x03\x04")
	m := mapping(f, plainMapping)
	f.Fuzz(func(t *testing.T, csv string) {
		if !strings.HasPrefix(csv, "id,") && !strings.HasPrefix(csv, "\ufeff") && !strings.HasPrefix(csv, `"`) &&
			!strings.HasPrefix(csv, "sep=") && !strings.HasPrefix(csv, "title") && !strings.HasPrefix(csv, "\xff\xfe") {
			csv = file(csv) // most of what the fuzzer tries is about rows
		}
		reader, err := crmcsv.NewReader(strings.NewReader(csv), m)
		if err != nil {
			refusals(t, err)
			return
		}
		if got, want := batched(t, csv, m, 2), plainly(t, csv, m); got != want {
			t.Fatalf("batches\n%s\none reader\n%s", got, want)
		}
		last, ids := 1, map[string]bool{}
		for deal, err := range reader.Rows() {
			if bad, ok := errors.AsType[*crmcsv.BadRow](err); ok {
				checkBadRow(t, bad)
				deal.Line = bad.Line
			} else if errors.Is(err, value.Code("file.delimiter")) {
				return // the last, where rows have another delimiter than the header
			} else if err != nil {
				t.Fatal(err) // a string never fails to be read, and this layout cannot be swapped
			} else {
				checkDeal(t, deal)
				if ids[deal.Booking.ID] {
					t.Errorf("id %q stands twice", deal.Booking.ID)
				}
				ids[deal.Booking.ID] = true
			}
			if deal.Line <= last || deal.Line > strings.Count(csv, "\n")+strings.Count(csv, "\r")+1 {
				t.Errorf("line %d behind line %d", deal.Line, last)
			}
			last = deal.Line
		}
	})
}

func checkBadRow(t *testing.T, bad *crmcsv.BadRow) {
	text := bad.Error()
	if len(bad.Cells) == 0 || len(text) > 10_000 || !utf8.ValidString(text) || strings.ContainsAny(text, "\n\r\x00\x1b") {
		t.Errorf("%q", text)
	}
	for _, c := range bad.Cells {
		if c.Reason == nil || c.Reason.Code == "" || c.Reason.Problem == "" || len(c.Value) > 1024 {
			t.Errorf("%+v", c)
		}
	}
}

func checkDeal(t *testing.T, d crmcsv.Row) {
	b := d.Booking
	won := d.Status == crmcsv.Won
	if b.ID == "" || !utf8.ValidString(b.ID+d.Account) || d.Status < crmcsv.Open || d.Status > crmcsv.Lost || won == b.Closed.IsZero() {
		t.Errorf("%+v", d)
	}
	if d.Reverses != "" {
		if len(b.Payees) != 0 {
			t.Errorf("a reversal credits somebody: %+v", d)
		}
		return
	}
	if b.Value.Sign() <= 0 || b.Value.Currency().IsZero() || len(b.Payees) == 0 {
		t.Errorf("%+v", d)
	}
	for _, p := range b.Payees {
		if p.Rep == "" || p.Party.Check() != nil || p.Rate.CheckPart() != nil || p.Share.CheckPart() != nil {
			t.Errorf("%+v", p)
		}
	}
	plan, err := comp.Compile(comp.DefaultPolicy().Under(comp.Split))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := plan.Statement(b.WithRoles(model.Partner)); err != nil {
		refusals(t, err)
	}
}

// FuzzParseMapping parses any document: a mapping that is taken can read a file.
func FuzzParseMapping(f *testing.F) {
	f.Add([]byte(smallest))
	f.Add([]byte(plainMapping))
	f.Add([]byte(strings.ReplaceAll(oracleMapping, "%s", ";")))
	f.Add([]byte(strings.Replace(smallest, `{"column": "id"}`, `{"column": "id", "values": {"*": "x", "y": ""}, "absent": "z"}`, 1)))
	f.Add([]byte(strings.Replace(smallest, `"export"`, `"delimiter": "\u0000", "made_up": ["x"], "export"`, 1)))
	f.Add([]byte(`{"export":"","fields":null,"payees":[null],"roster":{"":null}}`))
	f.Add([]byte(`[`))
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := crmcsv.ParseMapping(text)
		if err != nil {
			refusals(t, err)
			return
		}
		_ = m.MadeUp()
		_, _ = m.Doubts(), m.In(time.UTC).Zone()
		reader, err := crmcsv.NewReader(strings.NewReader("id,value,rep\nD-1,5,ana\nD-2,,\n"), m)
		if err != nil {
			refusals(t, err)
			return
		}
		for _, err := range reader.Rows() {
			if bad, ok := errors.AsType[*crmcsv.BadRow](err); ok {
				checkBadRow(t, bad)
			} else if err != nil && !errors.Is(err, value.Code("file.days")) {
				t.Fatal(err)
			}
		}
	})
}

// FuzzDay reads any text in any layout: nothing panics, and only an offset or a number since 1970 lets the day depend on
// the zone.
func FuzzDay(f *testing.F) {
	for layout, cell := range map[string]string{
		"YYYY-MM-DD[T]HH:mm:ssZ": "2026-05-13T03:00:00.5+03:00", "D MMM YYYY h:mm A": "7 avr. 2026 1:05 p. m.", "excel": "46119,5",
		"unix_ms": "1775606399999", "YYYYMMDD": "20260407", "M/D/YY": "1/2/26", "[": "[",
	} {
		f.Add(layout, cell)
	}
	tokyo, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, layout, cell string) {
		quotedLayout, err := json.Marshal(layout)
		if err != nil {
			t.Fatal(err)
		}
		var days []string
		for _, zone := range []*time.Location{time.UTC, tokyo} {
			m, err := crmcsv.ParseMapping([]byte(layoutMapping(string(quotedLayout), `"language": "fr", "zone": "`+zone.String()+`",`)))
			if err != nil {
				refusals(t, err)
				return
			}
			reader, err := crmcsv.NewReader(strings.NewReader(file(line(change{"closed", cell}))), m.In(zone))
			if err != nil {
				t.Fatal(err)
			}
			var deal crmcsv.Row
			_ = reader.Read(&deal)
			days = append(days, deal.Booking.Closed.String())
		}
		if days[0] != days[1] && !strings.Contains(layout, "Z") && !strings.HasPrefix(layout, "unix_") {
			t.Errorf("%q as %q: %s in UTC and %s in Tokyo", cell, layout, days[0], days[1])
		}
	})
}
