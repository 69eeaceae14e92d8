package book_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
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
		{`"version"`, `"Version"`, wire.Unknown, "Version"},
		{`"zone": "UTC",`, ``, wire.Missing, "zone"},
		{`"zone": "UTC"`, `"zone": null`, wire.Missing, "zone"},
		{`"zone": "UTC",`, `"zone": "UTC", "zone": "UTC",`, wire.Repeated, "zone"},
		{`"zone": "UTC",`, `"zone": "UTC", "x": 1,`, wire.Unknown, "x"},
		{`"replan_days": 7,`, `"replan_days": 7, "replan_days": 7,`, wire.Repeated, "stage.replan_days"},
		{`"replan_days"`, `"Replan_days"`, wire.Unknown, "stage.Replan_days"},
		{`"replan_days": 7,`, ``, wire.Missing, "stage.replan_days"},
		{`"replan_days": 7`, `"replan_days": 1e999999999`, wire.Type, "stage.replan_days"},
		{`"replan_days": 7`, `"replan_days": "7"`, wire.Type, "stage.replan_days"},
		{`"25000.00"`, `"1e999999999"`, value.DecimalFormat, "stage.threshold.amount"},
		{`"25000.00"`, `25000.00`, value.MoneyFormat, "stage.threshold.amount"},
		{`"25000.00"`, `"` + strings.Repeat("9", 100_000) + `"`, value.MoneyRange, "stage.threshold.amount"},
		{`"technical_validation": "30%"`, `"technical_validation": "130%"`, value.PercentAbove,
			"comp.role_based.contributions.technical_validation"},
		{`"task": "register_deal"`, `"Task": "register_deal"`, wire.Unknown,
			"stage.playbooks[0].stages[0].tasks[0].Task"},
		{`"mode": "joint"`, `"mode": "both"`, "role.mode.unknown", "roles[0].true_co_sell.mode"},
		{`"sync_days"`, `"sync_Days"`, wire.Unknown, "comms.sync_Days"},
		{`"zone": "UTC",`, `"zone": ` + deep + `,`, wire.Type, "zone"},
		{`"zone": "UTC"`, `"zone": "Local"`, book.ZoneUnresolved, "zone"},
		{`"zone": "UTC"`, `"zone": "../../etc/passwd"`, book.ZoneUnresolved, "zone"},
		{"}\n", "} {}", wire.Syntax, ""},
		{"{", "\ufeff{", wire.Syntax, ""},
	} {
		text := book.DefaultDocument()
		if c.old == "}\n" { // the last one
			text = strings.TrimSuffix(text, c.old) + c.text
		} else {
			text = strings.Replace(text, c.old, c.text, 1)
		}
		_, err := book.Parse([]byte(text))
		one, ok := errors.AsType[*value.Error](err)
		if !ok || one.Code != c.code || one.Path != c.path || len(err.Error()) > 2000 {
			t.Errorf("%.60s: %.300v, want %s at %s", c.text, err, c.code, c.path)
		}
	}
}

// The limit of bytes is that of the book, not of its sections, and holds for writing too.
func TestBookHasALimitOfBytes(t *testing.T) {
	spaced := strings.Replace(book.DefaultDocument(), `"registration": {`,
		`"registration": {`+strings.Repeat(" ", 2<<20), 1)
	if _, err := book.Parse([]byte(spaced)); err != nil {
		t.Errorf("a book with much space in it: %v", err)
	}
	b := book.Default()
	b.Registration.Vendor = strings.Repeat("x", 8<<20)
	for name, print := range map[string]func() ([]byte, error){"MarshalJSON": b.MarshalJSON, "Document": b.Document} {
		text, err := print()
		if one, ok := errors.AsType[*value.Error](err); !ok || text != nil || one.Code != "book.size" ||
			one.Path != "" {
			t.Errorf("%s writes %d bytes, which are too many to read: %v", name, len(text), err)
		}
	}
	if _, err := book.Diff(b, book.Default()); !errors.Is(err, value.Code("book.size")) ||
		!strings.HasPrefix(err.Error(), "before: ") {
		t.Errorf("Diff: %.100v", err)
	}
}

func TestParseBookIsBounded(t *testing.T) {
	replace := func(old, text string) string { return strings.Replace(book.DefaultDocument(), old, text, 1) }
	million := func(element string) string {
		return strings.TrimSuffix(strings.Repeat(element+",", 1_000_000), ",")
	}
	for name, c := range map[string]struct {
		text string
		code value.Code
	}{
		"space":         {strings.Repeat(" ", 8<<20+1), wire.Size},
		"open brackets": {strings.Repeat("[", 4<<20), wire.Syntax},
		"open objects":  {strings.Repeat(`{"a":`, 800_000), wire.Syntax},
		"one text":      {`"` + strings.Repeat("x", 4<<20-2) + `"`, wire.Type},
		"a section":     {replace(`"UTC"`, `"UTC", "x": "`+strings.Repeat("x", 1<<20)+`"`), wire.Unknown},
		"a section's text": {replace(`"vendor": "vendor"`, `"vendor": "`+strings.Repeat("x", 1<<20)+`"`),
			value.Code("registration.vendor")},
		"a million days": {replace("[30, 14, 7]", "["+million("7")+"]"), "registration.days"},
		"many domains": {replace(`"also_shared": []`, `"also_shared": [`+strings.TrimSuffix(strings.Repeat(`"a.com",`, 100_000), ",")+"]"),
			"matching.shared_domain"},
		"many rows":  {replace(`"roles": [`, `"roles": [`+strings.Repeat("{},", 100_000)), wire.Excess},
		"many gates": {replace(`"gates": [`, `"gates": [`+strings.Repeat(`"gate.tasks",`, 50_000)), wire.Excess},
	} {
		_, err := book.Parse([]byte(c.text))
		list, _ := errors.AsType[value.Errors](err)
		if !errors.Is(err, c.code) || len(list) > 10_000 {
			t.Errorf("%s: %d problems, %.200v, want %s", name, len(list), err, c.code)
		}
	}
}

// smallBook returns a book with one of everything, so that most changes of a fuzzer matter.
func smallBook() book.Book {
	b := book.Default()
	b.Roles, b.Functions = b.Roles[:1], b.Functions[:1]
	b.Stage.Overridable, b.Registration.Accounts.AlsoShared = nil, []string{"acme.com"}
	for i := range b.Stage.Playbooks {
		agreed := &b.Stage.Playbooks[i]
		agreed.Steps = agreed.Steps[:1]
		agreed.Steps[0].Tasks, agreed.Steps[0].Gates = agreed.Steps[0].Tasks[:1], agreed.Steps[0].Gates[:1]
		agreed.Steps[0].Tasks[0] = stage.Task{ID: stage.RegisterDeal, Owner: stage.ByPartner, Kind: stage.Required,
			Says: "register", Role: model.Relationship}
	}
	return b
}

func FuzzParseBook(f *testing.F) {
	agreed := smallBook()
	if err := agreed.Check(); err != nil {
		f.Fatal(err)
	}
	compact, err := agreed.MarshalJSON()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(compact)
	for _, s := range []string{"", "{}", "null", "[]",
		`{"version":"a","from":"2026-01-01","zone":"UTC","roles":[],"comp":{},"stage":{},"registration":{},"escalation":{},"comms":{},"disputes":{}}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		agreed, err := book.Parse(data)
		if err != nil {
			again, repeated := book.Parse(slices.Clone(data))
			if repeated == nil || repeated.Error() != err.Error() {
				t.Fatalf("%v, and again %v, %v", err, again, repeated)
			}
			return
		}
		if err := agreed.Check(); err != nil {
			t.Fatalf("what is parsed has a problem: %v", err)
		}
		printed, err := agreed.Document()
		if errors.Is(err, value.Code("book.size")) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		back, err := book.Parse(printed)
		if err != nil {
			t.Fatalf("what is printed is refused: %v", err)
		}
		again, err := back.Document()
		if err != nil || string(again) != string(printed) {
			t.Fatalf("printing is not canonical: %v", err)
		}
	})
}
