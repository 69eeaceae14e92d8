package comms_test

import (
	stdjson "encoding/json"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/internal/goldentest"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/internal/wiregen"
	"github.com/coselling/coselling/value"
)

// The default policy is a promise: it does not change unless this file does.
func TestDefaultPolicyIsAsRecorded(t *testing.T) {
	want := goldentest.JSON(t, filepath.Join("testdata", "default_policy.json"), comms.DefaultPolicy())
	if read, err := comms.ParsePolicy(want); err != nil || read != comms.DefaultPolicy() {
		t.Errorf("read as %+v, %v", read, err)
	}
}

func TestPolicyJSONRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := wiregen.Of[comms.Policy](nil).Draw(t, "policy")
		written, err := p.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		if back, err := comms.ParsePolicy(written); err != nil || back != p {
			t.Fatalf("%s\nread as %+v, %v", written, back, err)
		}
		var d struct{ Comms comms.Policy }
		whole := `{"Comms":` + string(written) + `}`
		if err := stdjson.Unmarshal([]byte(whole), &d); err != nil || d.Comms != p {
			t.Fatalf("%+v, %v", d, err)
		}
		if _, err := comms.Compile(p); err != nil {
			t.Fatal(err)
		}
	})
}

func TestPolicyJSONIsStrict(t *testing.T) {
	written, err := comms.DefaultPolicy().MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	good := string(written)
	for _, c := range []struct {
		name, from, to string
		code           value.Code
	}{
		{"repeated", `"sync_days"`, `"sync_days":7,"sync_days"`, wire.Repeated},
		{"unknown", `"sync_days"`, `"x":1,"sync_days"`, wire.Unknown},
		{"wrongly cased", `"sync_days"`, `"Sync_days"`, wire.Unknown},
		{"missing", `"sync_days":7,`, ``, wire.Missing},
		{"null", `"15m"`, `null`, wire.Missing},
		{"number", `"15m"`, `168`, wire.Type},
		{"text", `:1}`, `:"1"}`, wire.Type},
		{"trailing", `:1}`, `:1} {}`, wire.Syntax},
		{"deep", `:1}`, `:[[[[1]]]]}`, wire.Type},
		{"large", `:1}`, `:1` + strings.Repeat(" ", 64<<10) + `}`, wire.Size},
		{"days", `"15m"`, `"7d"`, wire.Duration},
		{"milliseconds", `"15m"`, `"168ms"`, wire.Duration},
		{"fraction", `"15m"`, `"1.5h"`, wire.Duration},
		{"sign", `"15m"`, `"-1h"`, wire.Duration},
		{"no unit", `"15m"`, `"168"`, wire.Duration},
		{"nothing", `"15m"`, `""`, wire.Duration},
		{"long", `"15m"`, `"00000000000000001h"`, wire.Duration},
		{"zero", `"15m"`, `"0s"`, value.Code("comms.policy.range")},
		{"too much", `"15m"`, `"8784h1s"`, value.Code("comms.policy.range")},
		{"no term", `"1 hour"`, `"1h"`, value.Code("term.format")},
		{"a long term", `"1 hour"`, `"10001 hours"`, value.Code("term.range")},
		{"no days", `:1}`, `:0}`, value.Code("comms.policy.range")},
		{"many days", `:1}`, `:31}`, value.Code("comms.policy.range")},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := comms.ParsePolicy([]byte(good)); err != nil {
				t.Fatal(err)
			}
			p, err := comms.ParsePolicy([]byte(strings.Replace(good, c.from, c.to, 1)))
			if !errors.Is(err, c.code) || p != (comms.Policy{}) || !strings.HasPrefix(err.Error(), "comms") {
				t.Errorf("%+v, %v", p, err)
			}
		})
	}
	p := comms.DefaultPolicy()
	if err := p.UnmarshalJSON([]byte("{}")); !errors.Is(err, wire.Missing) || p != comms.DefaultPolicy() {
		t.Errorf("a refused document left %+v, %v", p, err)
	}
}

func TestCompileReportsEveryProblem(t *testing.T) {
	_, err := comms.Compile(comms.Policy{SyncDays: 400, SyncAtMost: time.Millisecond, NotesWithin: value.Hours(-1),
		NotifyWithin: value.Hours(1), AnswerWithin: value.Hours(10_001), PrepLength: time.Second})
	wantError(t, err, "comms.policy.range",
		"comms.sync_at_most: 1ms is outside 1s to 8784h, or not in whole seconds",
		"comms.debrief_length: 0s is outside 1s to 8784h, or not in whole seconds",
		"comms.debrief_days: 0 is outside 1 to 30",
		"comms.sync_days: 400 is outside 1 to 366",
		"comms.notes_within: -1 hours is out of range; a term has a count of 1 to 10000",
		"comms.answer_within: 10001 hours is out of range; a term has a count of 1 to 10000")
	text, err := comms.Policy{}.MarshalJSON()
	if err != nil || !strings.HasPrefix(string(text), `{"sync_days":0,"sync_at_most":"0s"`) {
		t.Errorf("%s, %v", text, err)
	}
}

func FuzzParsePolicy(f *testing.F) {
	seed, err := comms.DefaultPolicy().MarshalJSON()
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{string(seed), "", "{}", "null", `{"sync_days":null}`,
		strings.Replace(string(seed), "15m", "1h1h", 1), string(seed) + "{}"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := comms.ParsePolicy(data)
		if err != nil {
			if p != (comms.Policy{}) || errors.Is(err, value.Unexpected) {
				t.Errorf("beside %v stands %+v", err, p)
			}
			return
		}
		if _, err := comms.Compile(p); err != nil {
			t.Error(err)
		}
		text, err := p.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		if back, err := comms.ParsePolicy(text); err != nil || back != p {
			t.Errorf("%s\nread as %+v, %v", text, back, err)
		}
	})
}
