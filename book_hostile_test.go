package coselling_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/value"
)

// Each document is the default book with one text replaced.
func TestParseBookRefusesMalformedText(t *testing.T) {
	deep := strings.Repeat("[", 13) + strings.Repeat("]", 13)
	for _, c := range []struct {
		old, text string
		code      value.Code
		path      string
	}{
		{`"version"`, `"Version"`, strictjson.Unknown, "Version"},
		{`"zone": "UTC",`, ``, strictjson.Missing, "zone"},
		{`"zone": "UTC"`, `"zone": null`, strictjson.Missing, "zone"},
		{`"zone": "UTC",`, `"zone": "UTC", "zone": "UTC",`, strictjson.Repeated, "zone"},
		{`"zone": "UTC",`, `"zone": "UTC", "x": 1,`, strictjson.Unknown, "x"},
		{`"replan_days": 7,`, `"replan_days": 7, "replan_days": 7,`, strictjson.Repeated, "stage.replan_days"},
		{`"replan_days"`, `"Replan_days"`, strictjson.Unknown, "stage.Replan_days"},
		{`"replan_days": 7,`, ``, strictjson.Missing, "stage.replan_days"},
		{`"replan_days": 7`, `"replan_days": 1e999999999`, strictjson.Type, "stage.replan_days"},
		{`"replan_days": 7`, `"replan_days": "7"`, strictjson.Type, "stage.replan_days"},
		{`"25000.00"`, `"1e999999999"`, value.DecimalFormat, "stage.threshold.amount"},
		{`"25000.00"`, `25000.00`, strictjson.Type, "stage.threshold.amount"},
		{`"25000.00"`, `"` + strings.Repeat("9", 100_000) + `"`, value.MoneyRange, "stage.threshold.amount"},
		{`"technical_validation": "30%"`, `"technical_validation": "130%"`, value.PercentAbove, "comp.role_based.contributions.technical_validation"},
		{`"task": "register_deal"`, `"Task": "register_deal"`, strictjson.Unknown, "stage.playbooks[0].stages[0].tasks[0].Task"},
		{`"mode": "joint"`, `"mode": "both"`, "role.mode.unknown", "roles[0].true_co_sell.mode"},
		{`"sync_every"`, `"sync_Every"`, strictjson.Unknown, "comms.sync_Every"},
		{`"zone": "UTC",`, `"zone": ` + deep + `,`, strictjson.Depth, "zone[0][0][0][0][0][0][0][0][0][0][0]"},
		{`"zone": "UTC"`, `"zone": "Local"`, coselling.ZoneUnresolved, "zone"},
		{`"zone": "UTC"`, `"zone": "../../etc/passwd"`, coselling.ZoneUnresolved, "zone"},
		{"}\n", "} {}", strictjson.Syntax, ""},
		{"{", "\ufeff{", strictjson.Syntax, ""},
	} {
		text := coselling.DefaultDocument()
		if c.old == "}\n" { // the last one
			text = strings.TrimSuffix(text, c.old) + c.text
		} else {
			text = strings.Replace(text, c.old, c.text, 1)
		}
		_, err := coselling.ParseBook([]byte(text))
		one, ok := errors.AsType[*value.Error](err)
		if !ok || one.Code != c.code || one.Path != c.path || len(err.Error()) > 2000 {
			t.Errorf("%.60s: %.300v, want %s at %s", c.text, err, c.code, c.path)
		}
	}
}

// A book that is too large is refused before anything is built of it, or with few
// problems: a million of them would be an answer nobody reads.
func TestParseBookIsBounded(t *testing.T) {
	replace := func(old, text string) string { return strings.Replace(coselling.DefaultDocument(), old, text, 1) }
	million := func(element string) string {
		return strings.TrimSuffix(strings.Repeat(element+",", 1_000_000), ",")
	}
	for name, c := range map[string]struct {
		text string
		code value.Code
	}{
		"space":            {strings.Repeat(" ", 4<<20+1), strictjson.Size},
		"open brackets":    {strings.Repeat("[", 4<<20), strictjson.Depth},
		"open objects":     {strings.Repeat(`{"a":`, 800_000), strictjson.Depth},
		"one text":         {`"` + strings.Repeat("x", 4<<20-2) + `"`, strictjson.Type},
		"a section":        {replace(`"UTC"`, `"UTC", "x": "`+strings.Repeat("x", 1<<20)+`"`), strictjson.Unknown},
		"a section's text": {replace(`"vendor": "vendor"`, `"vendor": "`+strings.Repeat("x", 1<<20)+`"`), strictjson.Size},
		"a million days":   {replace("[30, 14, 7]", "["+million("7")+"]"), strictjson.Size},
		"many days":        {replace("[30, 14, 7]", "["+million("7")[:600_001]+"]"), "registration.days"},
		"many domains":     {replace(`"126.com"`, strings.TrimSuffix(strings.Repeat(`"a.com",`, 100_000), ",")), "matching.shared_domain"},
		"many rows":        {replace(`"roles": [`, `"roles": [`+strings.Repeat("{},", 100_000)), strictjson.Missing},
		"many gates":       {replace(`"gates": [`, `"gates": [`+strings.Repeat(`"gate.tasks",`, 50_000)), "playbook.empty"},
	} {
		_, err := coselling.ParseBook([]byte(c.text))
		list, _ := errors.AsType[value.Errors](err)
		if !errors.Is(err, c.code) || len(list) > 10_000 {
			t.Errorf("%s: %d problems, %.200v, want %s", name, len(list), err, c.code)
		}
	}
}

func FuzzParseBook(f *testing.F) {
	f.Add([]byte(coselling.DefaultDocument()))
	compact, err := coselling.DefaultBook().MarshalJSON()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(compact)
	for _, s := range []string{"", "{}", "null", "[]", `{"version":"a","from":"2026-01-01","zone":"UTC","roles":[],"comp":{},"stage":{},"registration":{},"escalation":{},"comms":{}}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		book, err := coselling.ParseBook(data)
		if err != nil {
			again, repeated := coselling.ParseBook(slices.Clone(data))
			if repeated == nil || repeated.Error() != err.Error() {
				t.Fatalf("%v, and again %v, %v", err, again, repeated)
			}
			return
		}
		if err := book.Check(); err != nil {
			t.Fatalf("what is parsed has a problem: %v", err)
		}
		printed, err := book.Document()
		if errors.Is(err, coselling.BookSize) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		back, err := coselling.ParseBook(printed)
		if err != nil {
			t.Fatalf("what is printed is refused: %v", err)
		}
		again, err := back.Document()
		if err != nil || string(again) != string(printed) {
			t.Fatalf("printing is not canonical: %v", err)
		}
	})
}
