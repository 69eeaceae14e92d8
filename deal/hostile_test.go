package deal_test

import (
	"errors"
	"runtime"
	"strings"
	"testing"
	"unicode"

	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

// parsers read the documents of this package, by name.
var parsers = map[string]func([]byte) error{
	"deal":   func(data []byte) error { _, err := deal.Parse(data); return err },
	"record": func(data []byte) error { _, err := deal.ParseRecord(data); return err },
	"change": func(data []byte) error { _, err := deal.ParseChange(data); return err },
	"book":   func(data []byte) error { _, err := book.Parse(data); return err },
}

const (
	maxAllocated = 64 << 20
	maxListed    = 101      // a hundred problems, and how many more there are
	maxWords     = 72 << 10 // bytes of the whole error
)

// manyTimes returns a list of so many elements, or so many members.
func manyTimes(n int, element string) string {
	return strings.TrimSuffix(strings.Repeat(element+",", n), ",")
}

// Refusing a hostile document costs little: no list is kept past its bound, unknown members
// are not kept at all, and few problems are listed (CASES R1).
func TestHostileDocumentsCostLittle(t *testing.T) {
	book := func(old, text string) string { return strings.Replace(book.DefaultDocument(), old, text, 1) }
	mail := `{"id":"m","kind":"mail","at":"2026-11-02T08:00:00Z","side":"partner","to":`
	for _, c := range []struct {
		name, of, data string
		code           value.Code
	}{
		{"100,000 empty objects", "record", `{"activities":[` + manyTimes(100_000, `{}`) + `]}`, wire.Missing},
		{"100,000 empty objects", "deal", `{"payees":[` + manyTimes(100_000, `{}`) + `]}`, wire.Excess},
		{"10,000 people of no side", "deal", `{"people":[` + manyTimes(10_000, `{"party":{"side":"x","org":"o"}}`) + `]}`, "side.unknown"},
		{"100,000 empty objects", "book", book(`"roles": [`, `"roles": [`+manyTimes(100_000, `{}`)+`,`), wire.Excess},
		{"1,000 empty objects", "book", book(`"roles": [`, `"roles": [`+manyTimes(900, `{}`)+`,`), wire.Missing},
		{"two million unknown names", "record", `{` + manyTimes(2_000_000, `"x":{}`) + `}`, wire.Unknown},
		{"two million unknown names inside", "record", `{"blockers":[{` + manyTimes(2_000_000, `"x":0`) + `}]}`, wire.Unknown},
		{"a million unknown names", "deal", `{` + manyTimes(1_000_000, `"x":0`) + `}`, wire.Unknown},
		{"a million unknown names", "book", `{` + manyTimes(1_000_000, `"x":0`) + `}`, wire.Unknown},
		{"a million names of a table", "deal", `{"team":{"assigned":{` + manyTimes(600_000, `"x":[]`) + `}}}`, wire.Repeated},
		{"200,000 members of what nothing reads", "record", `{"activities":[{"id":"a","x":{` + manyTimes(200_000, `"x":0`) + `}}]}`, wire.Unknown},
		{"a million elements that nothing reads", "record", `{"x":[` + manyTimes(1_000_000, `0`) + `]}`, wire.Unknown},
		{"events", "record", `{"events":[` + manyTimes(10_001, `{}`) + `]}`, wire.Excess},
		{"facts", "record", `{"facts":[` + manyTimes(1001, `{}`) + `]}`, wire.Excess},
		{"half a million activities", "record", `{"activities":[` + manyTimes(500_000, mail+`[]}`) + `]}`, wire.Excess},
		{"claims", "record", `{"claims":[` + manyTimes(1001, `{}`) + `]}`, wire.Excess},
		{"blockers", "record", `{"blockers":[` + manyTimes(1001, `{}`) + `]}`, wire.Excess},
		{"people on a mail", "record", `{"activities":[` + mail + `[` + manyTimes(1001, `"a@b.example"`) + `]}]}`, wire.Excess},
		{"payees", "deal", strings.TrimSuffix(smallDeal, "}") + `,"payees":[` + manyTimes(1001, `{"rep":"r"}`) + `]}`, wire.Excess},
		{"people", "deal", strings.TrimSuffix(smallDeal, "}") + `,"people":[` + manyTimes(10_001, `{}`) + `]}`, wire.Excess},
		{"empty texts", "deal", strings.TrimSuffix(smallDeal, "}") + `,"registrations":[` + manyTimes(1_000_000, `""`) + `]}`, wire.Excess},
		{"reminders", "book", book("[30, 14, 7]", "["+manyTimes(1_000_000, "7")+"]"), "registration.days"},
		{"facts of a change", "change", `{"facts":[` + manyTimes(1001, `{}`) + `]}`, wire.Excess},
		{"members to clear", "change", `{"edit":{"clear":[` + manyTimes(1_000_000, `""`) + `]}}`, wire.Excess},
		{"too large", "change", `{"x":"` + strings.Repeat("x", 8<<20) + `"}`, wire.Size},
		{"open lists", "record", strings.Repeat(`{"events":[`, 1_000_000), wire.Syntax},
		{"open lists", "deal", strings.Repeat(`[`, 1_000_000), wire.Syntax},
		{"too large", "record", `{"x":"` + strings.Repeat("x", 64<<20) + `"}`, wire.Size},
		{"too large", "deal", `{"x":"` + strings.Repeat("x", 8<<20) + `"}`, wire.Size},
		{"too large", "book", `{"x":"` + strings.Repeat("x", 8<<20) + `"}`, wire.Size},
	} {
		t.Run(c.of+" "+c.name, func(t *testing.T) {
			parse, data := parsers[c.of], []byte(c.data)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			err := parse(data)
			runtime.ReadMemStats(&after)
			if n := after.TotalAlloc - before.TotalAlloc; n > maxAllocated {
				t.Errorf("%d MB are allocated", n>>20)
			}
			wantRefused(t, err, c.code, "")
			wantFew(t, err)
		})
	}
}

// wantFew proves that an error is short.
func wantFew(t *testing.T, err error) {
	t.Helper()
	var problems value.Errors
	problems.Add("", err)
	if text := err.Error(); len(problems) > maxListed || len(text) > maxWords {
		t.Errorf("%d problems, %d bytes", len(problems), len(text))
	}
}

// Check lists as few problems of a record as reading does.
func TestProblemsAreBounded(t *testing.T) {
	r := deal.Record{Activities: make([]comms.Activity, 50_000)}
	for range 1000 {
		r.Blockers = append(r.Blockers, deal.Blocker{ID: strings.Repeat("x", 256), Kind: "k", Raised: noon}, deal.Blocker{ID: strings.Repeat("x", 256), Kind: "l", Raised: noon})
	}
	r.Blockers = r.Blockers[:1000]
	for _, r := range []deal.Record{r, {Blockers: r.Blockers}} {
		err := r.Check()
		if !errors.Is(err, wire.More) {
			t.Errorf("%.200v", err)
		}
		wantFew(t, err)
	}
}

// Control characters in names are quoted, and messages have no Go identifiers (CASES R5).
func TestMessagesAreSafeToShow(t *testing.T) {
	for _, bad := range []string{`\u001b[31mred`, `line\nbreak`, `\u202eleft`, `\u200b`, `\u0000`, `\u2028`, `a\tb`, strings.Repeat("long", 10_000), ``, `a.b[0]`} {
		for of, documents := range map[string][]string{
			"deal": {
				`{"` + bad + `":1}`, `{"team":{"assigned":{"` + bad + `":7,"` + bad + `":[]}}}`, `{"signals":{"source":"` + bad + `x"}}`,
				`{"opening":{"` + bad + `":{"x":[1]},"day":"` + bad + `x"},"exchange":"` + bad + `x"}`, `{"` + bad + `":}`,
			},
			"record": {`{"` + bad + `":[]}`, `{"events":[{"` + bad + `":1,"verb":"` + bad + `x"}]}`, `{"facts":[{"at":"` + bad + `x"}]}`, `{"claims":[{"` + bad + `":[{]}`},
			"book":   {`{"` + bad + `":1}`, `{"zone":"` + bad + `x"}`, `{"version":"","from":"` + bad + `x"}`, `{"roles":[{"` + bad + `":0}]}`, `{"comp":{"role_based":{"contributions":{"` + bad + `":1}}}}`},
		} {
			for _, data := range documents {
				err := parsers[of]([]byte(data))
				if err == nil {
					t.Errorf("%.200s is taken", data)
					continue
				}
				wantFew(t, err)
				text := err.Error()
				if i := strings.IndexFunc(text, func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }); i >= 0 {
					t.Errorf("%.200s: %q", data, text)
				}
				for _, word := range []string{"wire", "Wire", "jsontext", "json:", "coselling", "reflect", "struct", "UnmarshalJSON", "int64", "Go "} {
					if strings.Contains(text, word) {
						t.Errorf("%.200s: %q names %s", data, text, word)
					}
				}
				var problems value.Errors
				problems.Add("", err)
				if lines := strings.Count(text, "\n") + 1; lines != len(problems) {
					t.Errorf("%.200s: %d problems on %d lines", data, len(problems), lines)
				}
			}
		}
	}
}
