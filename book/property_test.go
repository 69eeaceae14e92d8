package book_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/internal/bookgen"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// The printed form is canonical, and is parsed to an equal book.
func TestPrintedBooksAreReadAsEqual(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := bookgen.AnyBook().Draw(t, "book")
		if err := b.Check(); err != nil {
			t.Fatal(err)
		}
		for name, print := range map[string]func() ([]byte, error){"document": b.Document, "compact": b.MarshalJSON} {
			text, err := print()
			if err != nil {
				t.Fatal(err)
			}
			given := bytes.Clone(text)
			back, err := book.Parse(text)
			if !bytes.Equal(given, text) {
				t.Fatal("the caller's text has changed")
			}
			if err != nil {
				t.Fatalf("%s: %v\n%s", name, err, text)
			}
			if _, err := coselling.New(back, anyHost()); err != nil {
				t.Fatalf("%s: what is parsed does not compile: %v", name, err)
			}
			again, err := back.Document()
			if want, _ := b.Document(); err != nil || !bytes.Equal(again, want) {
				t.Fatalf("%s: printed again as %s, %v\nwant %s", name, again, err, want)
			}
			if changes, err := book.Diff(b, back); changes != nil || err != nil {
				t.Fatalf("%s: %v, %v", name, changes, err)
			}
			// Nil and empty are equal in a document, and so is a map without its zero elements.
			if len(b.Registration.Reminders) > 0 && len(b.Registration.Accounts.AlsoShared) > 0 &&
				len(b.Registration.Accounts.NotShared) > 0 &&
				len(b.Stage.Overridable) > 0 && len(b.Comp.Rates.Tables) == 0 {
				if diff := cmp.Diff(b, back, unexported); diff != "" {
					t.Fatalf("%s: read as another book\n%s", name, diff)
				}
			}
		}
	})
}

// anyHost resolves every zone.
func anyHost() coselling.Host {
	return coselling.Host{Zone: func(string) (*time.Location, error) { return time.UTC, nil }}
}

// There is no difference only if the documents are equal. A difference has both values of a
// field, and is reversed for reversed books.
func TestBookDiffProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		one, two := bookgen.AnyBook().Draw(t, "one"), bookgen.AnyBook().Draw(t, "two")
		if rapid.Bool().Draw(t, "few changes") {
			two.Version, two.From, two.Comp, two.Stage, two.Registration = one.Version, one.From, one.Comp, one.Stage,
				one.Registration
		}
		there, err := book.Diff(one, two)
		if err != nil {
			t.Fatal(err)
		}
		back, err := book.Diff(two, one)
		if err != nil {
			t.Fatal(err)
		}
		a, _ := one.MarshalJSON()
		b, _ := two.MarshalJSON()
		if same := bytes.Equal(a, b); same != (len(there) == 0) {
			t.Fatalf("same %v, differences %v", same, there)
		}
		seen := map[string]string{}
		for _, c := range there {
			if c.Before == c.After {
				t.Fatalf("%v is no difference", c)
			}
			if other, ok := seen[c.Path]; ok {
				t.Fatalf("%s stands twice: %s, %s", c.Path, other, c)
			}
			seen[c.Path] = c.Before + "|" + c.After
		}
		for _, c := range back {
			if seen[c.Path] != c.After+"|"+c.Before {
				t.Fatalf("%v, the other way %q", c, seen[c.Path])
			}
			delete(seen, c.Path)
		}
		if len(seen) > 0 {
			t.Fatalf("only one way: %v", seen)
		}
	})
}

// All problems of all sections are reported at once, with the paths of the document.
func TestParseBookReportsEveryProblem(t *testing.T) {
	b := book.Default()
	b.Version, b.From, b.Zone = " ", value.Date{}, "Local"
	b.Roles[2].TrueCoSell.Mode = 0
	b.Comp.RoleBased.Contributions["technical_validation"] = value.MustPercent("130%")
	b.Stage.ReplanDays = 0
	b.Registration.Protection = 0
	b.Registration.Accounts.SimilarFrom = 0
	b.Escalation.LargeFrom = value.MustMoney("-1 USD")
	b.Comms.DebriefDays = 31
	want := []string{
		`version: " " is not a version`, "from: ", `zone: "Local" is not a time zone`,
		"roles[2].true_co_sell", "comp.role_based.contributions.technical_validation: 130% is above 100%",
		"stage.replan_days: 0 is outside 1 to 3650", "registration.protection: 0 is outside 1 to 3650",
		"registration.accounts.similar_from: 0", "escalation.large_from", "comms.debrief_days: 31",
	}
	refused(t, b, want)

	b = book.Default() // what only two sections show, beside the problem of a third
	b.Comms.DebriefDays = 31
	b.Stage.Playbooks[2].Steps[1].Tasks[0].Role = "role.unheard_of"
	b.Escalation.LargeFrom = value.MustMoney("250000 EUR")
	want = []string{
		"comms.debrief_days: 31", "escalation.large_from.currency: EUR is not the currency of stage.threshold, USD",
		`stage.playbooks[2].stages[1].tasks[0].role: "role.unheard_of" is not a responsibility of roles`,
	}
	refused(t, b, want)
	b.Stage.ReplanDays = 0 // then nothing is said about what relates stage
	refused(t, b, []string{"stage.replan_days: 0 is outside 1 to 3650", want[0]})
	b.Stage.ReplanDays = 7
	b.Functions[1].Takes[0] = "role.unheard_of"
	refused(t, b, append(want[:2:2], `functions[1].takes[0]: "role.unheard_of" is not a responsibility of roles`, want[2]))
	b.Functions = append(b.Functions, model.FunctionRow{Function: model.Resale, Takes: []model.Responsibility{"x"}, Supports: []model.Responsibility{"x"}})
	refused(t, b, []string{`functions[5].function: "resale" stands twice`, `functions[5].supports[0]: "x" is work that "resale" takes`, want[0], want[1], want[2]})
	b.Functions = nil // a book without functions has no deal with several partners
	refused(t, b, want)
	b.Roles = nil // then nothing is said about roles of tasks
	refused(t, b, []string{"roles: an empty matrix", want[0], want[1]})
}

// A section with a wrong form hides no problem of another section, and is not compared with
// others.
func TestParseBookReportsFormAndRulesAtOnce(t *testing.T) {
	b := book.Default()
	b.Version = "\u200b"
	b.Roles = append(b.Roles, b.Roles[0]) // which only the rules refuse
	b.Escalation.LargeFrom = value.MustMoney("250000 EUR")
	b.Comms.DebriefDays = 31
	text, err := b.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	document := strings.Replace(string(text), `"partner_led":`, `"x":0,"partner_led":`, 1)
	document = strings.NewReplacer(`"replan_days":7`, `"replan_days":"7","x":1`, `"protection":120`, `"protection":null`,
		`,"comms":`, `,"y":0,"comms":`).Replace(document)
	_, err = book.Parse([]byte(document))
	wantLines(t, "ParseBook", err, []string{
		"y: the member is not known", `version: "\u200b" is not a version`, "roles[0].x: the member is not known",
		"stage.replan_days: a JSON string stands where",
		"stage.x: the member is not known", "registration.protection: nothing stands here", "comms.debrief_days: 31",
	})
}

// refused fails unless a book and its document have these problems.
func refused(t *testing.T, b book.Book, want []string) {
	t.Helper()
	text, err := b.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	_, err = book.Parse(text)
	wantLines(t, "ParseBook", err, want)
	wantLines(t, "Check", b.Check(), want)
	_, err = coselling.New(b, anyHost())
	wantLines(t, "New", err, want)
}

func TestCheckRefusesBadVersionsAndZones(t *testing.T) {
	long := strings.Repeat("a", 256)
	for version, ok := range map[string]bool{"2026-q4": true, "große Änderung": true, long: true, long + "a": false,
		"": false, " ": false, "\u00a0": false, "a\u200bb": false, "a\nb": false, "\u2028": false} {
		b := book.Default()
		if b.Version = version; (b.Check() == nil) != ok || !ok && !errors.Is(b.Check(), value.Code("book.version")) {
			t.Errorf("version %q: %v", version, b.Check())
		}
	}
	for zone, ok := range map[string]bool{"UTC": true, "America/Argentina/Buenos_Aires": true, "Etc/GMT+5": true,
		long: true, long + "a": false, "": false, "Local": false, "Local/x": true, "/etc": false, "../x": false,
		"+05:00": false, "5": false, "Europe Berlin": false, "é": false} {
		b := book.Default()
		if b.Zone = zone; (b.Check() == nil) != ok || !ok && !errors.Is(b.Check(), book.ZoneUnresolved) {
			t.Errorf("zone %q: %v", zone, b.Check())
		}
	}
}
