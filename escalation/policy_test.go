package escalation_test

import (
	"bytes"
	stdjson "encoding/json"
	"maps"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/goldentest"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

func samePolicy(a, b escalation.Policy) bool {
	return maps.Equal(a.Kinds, b.Kinds) && a.Respond == b.Respond && a.Timeout == b.Timeout && a.Reach == b.Reach &&
		a.ReopenWithin == b.ReopenWithin && a.StalledAfter == b.StalledAfter && a.DarkAfter == b.DarkAfter &&
		a.LargeFrom == b.LargeFrom && a.SilentQuestions == b.SilentQuestions && a.SilentSyncs == b.SilentSyncs &&
		a.SilentAfter == b.SilentAfter
}

// The default policy is a promise: it does not change unless this file does.
func TestDefaultPolicyIsAsRecorded(t *testing.T) {
	want := goldentest.JSON(t, filepath.Join("testdata", "default_policy.json"), escalation.DefaultPolicy())
	read, err := escalation.ParsePolicy(want)
	if err != nil || !samePolicy(read, escalation.DefaultPolicy()) {
		t.Errorf("read as %+v, %v", read, err)
	}
}

func anyTerm() *rapid.Generator[value.Term] {
	return rapid.Custom(func(t *rapid.T) value.Term {
		n := rapid.IntRange(1, 20).Draw(t, "n")
		return rapid.SampledFrom([]value.Term{value.Hours(n), value.Days(n),
			value.BusinessDays(n)}).Draw(t, "term")
	})
}

func anyPolicy() *rapid.Generator[escalation.Policy] {
	return rapid.Custom(func(t *rapid.T) escalation.Policy {
		p := escalation.DefaultPolicy()
		level := rapid.SampledFrom(levels[:])
		for _, k := range []escalation.BlockerKind{escalation.DealStalled, escalation.LargeDeal, escalation.ProspectDark,
			escalation.SideSilent, escalation.Scheduling} {
			p.Kinds[k] = level.Draw(t, "level")
		}
		for _, k := range rapid.SliceOfN(rapid.StringMatching(`[a-z][a-z0-9_]{0,8}`), 0, 3).Draw(t, "kinds") {
			p.Kinds[escalation.BlockerKind(k)] = level.Draw(t, "level")
		}
		for _, terms := range [...]*escalation.LevelTerms{&p.Respond, &p.Timeout} {
			for _, term := range [...]*value.Term{&terms.Rep, &terms.Manager, &terms.Executive,
				&terms.DealDeskLegal} {
				*term = anyTerm().Draw(t, "term")
			}
		}
		for _, level := range [...]*escalation.Level{&p.Reach.Standard, &p.Reach.Simplified} {
			*level = rapid.SampledFrom(levels[:3]).Draw(t, "reach")
		}
		p.ReopenWithin, p.StalledAfter, p.DarkAfter = anyTerm().Draw(t, "reopen"), anyTerm().Draw(t, "stalled"),
			anyTerm().Draw(t, "dark")
		p.SilentQuestions, p.SilentSyncs = rapid.IntRange(1, 100).Draw(t, "questions"), rapid.IntRange(1, 100).Draw(t, "syncs")
		p.SilentAfter = anyTerm().Draw(t, "silent")
		p.LargeFrom = value.MustMoney(rapid.SampledFrom([]string{"0.01 USD", "1 JPY", "99999999999999.99 EUR"}).Draw(t,
			"large"))
		return p
	})
}

func TestPolicyJSONRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyPolicy().Draw(t, "policy")
		text, err := p.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		back, err := escalation.ParsePolicy(text)
		if err != nil || !samePolicy(back, p) {
			t.Fatalf("%s\nread as %+v, %v", text, back, err)
		}
		again, err := back.MarshalJSON()
		if err != nil || !bytes.Equal(again, text) {
			t.Fatalf("%s\nwritten again as %s, %v", text, again, err)
		}
		compile(t, back, exampleRoster())
		var d struct{ Escalation escalation.Policy }
		if err := stdjson.Unmarshal([]byte(`{"Escalation":`+string(text)+`}`), &d); err != nil ||
			!samePolicy(d.Escalation, p) {
			t.Fatalf("%+v, %v", d, err)
		}
	})
}

// policyText is the default policy with one text replaced.
func policyText(t rapid.TB, from, to string) string {
	t.Helper()
	text, err := escalation.DefaultPolicy().MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(string(text), from) != 1 {
		t.Fatalf("%q does not stand once in %s", from, text)
	}
	return strings.Replace(string(text), from, to, 1)
}

func TestPolicyJSONIsStrict(t *testing.T) {
	for _, c := range []struct {
		name     string
		code     value.Code
		from, to string
		want     string
	}{
		{"repeated", wire.Repeated, `"stalled_after":`, `"stalled_after":"","stalled_after":`,
			"escalation.stalled_after: nothing is no term; write it like \"24 hours\", \"14 days\" or \"1 business day\"\nescalation.stalled_after: the member stands twice"},
		{"repeated kind", wire.Repeated, `"kinds":{`, `"kinds":{"scheduling":"rep",`,
			"escalation.kinds.scheduling: the member stands twice"},
		{"wrongly cased", wire.Unknown, `"dark_after"`, `"Dark_after"`,
			"escalation.Dark_after: the member is not known; allowed are dark_after, kinds, large_from, reach, reopen_within, respond, silent_after, silent_questions, silent_syncs, stalled_after, timeout\nescalation.dark_after: nothing stands here; the member is needed"},
		{"missing", wire.Missing, `"stalled_after":"14 days",`, ``,
			"escalation.stalled_after: nothing stands here; the member is needed"},
		{"missing level", wire.Missing, `{"rep":"24 hours",`, `{`,
			"escalation.respond.rep: nothing stands here; the member is needed"},
		{"amount as number", value.MoneyFormat, `"250000.00"`, `250000`,
			`escalation.large_from.amount: "{\"amount\":250000,\"currency\":\"USD\"}" is not money; write {"amount":"120000.00","currency":"USD"}`},
		{"trailing", wire.Syntax, `"currency":"USD"}}`, `"currency":"USD"}} 1`,
			"escalation: data follows the end of the document"},
		{"too large", wire.Size, `"currency":"USD"}}`, `"currency":"USD"}}` + strings.Repeat(" ", 1<<20), ""},
		{"too deep", wire.Type, `"10 days"`, strings.Repeat("[", 9) + strings.Repeat("]", 9),
			"escalation.dark_after: a JSON array stands where a text in quotes belongs"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := escalation.ParsePolicy([]byte(policyText(t, c.from, c.to)))
			wantCode(t, err, c.code)
			if c.want != "" {
				wantError(t, err, strings.Split(c.want, "\n")...)
			}
			if !samePolicy(p, escalation.Policy{}) {
				t.Errorf("beside an error stands %+v", p)
			}
		})
	}
}

const badPolicy = `{"kinds":{"Budget":"manager","scheduling":"boss","large_deal":"executive","prospect_dark":"manager","side_silent":"manager"},
	"respond":{"rep":"24h","manager":"0 days","executive":"2 business days","deal_desk_legal":"2 business days"},
	"timeout":{"rep":"1 hours","manager":"5 business days","executive":"","deal_desk_legal":"5 business days"},
	"reach":{"standard":"deal_desk_legal","simplified":"nobody"},
	"reopen_within":"14","stalled_after":"14 days","dark_after":"10001 days",
	"silent_questions":0,"silent_syncs":2,"silent_after":"5 business days","large_from":{"amount":"-1","currency":"USD"}}`

func TestAllProblemsOfAPolicyAreReported(t *testing.T) {
	const levelsKnown = " is not known; allowed are rep, manager, executive, deal_desk_legal"
	const noTerm = ` is no term; write it like "24 hours", "14 days" or "1 business day"`
	const range10000 = " is out of range; a term has a count of 1 to 10000"
	_, err := escalation.ParsePolicy([]byte(badPolicy))
	wantError(t, err,
		`escalation.kinds.scheduling: "boss"`+levelsKnown,
		`escalation.respond.rep: "24h"`+noTerm,
		`escalation.respond.manager: "0 days"`+range10000,
		`escalation.timeout.rep: "1 hours"`+noTerm,
		`escalation.timeout.executive: nothing`+noTerm,
		`escalation.reach.simplified: "nobody"`+levelsKnown,
		`escalation.reopen_within: "14"`+noTerm,
		`escalation.dark_after: "10001 days"`+range10000,
		"escalation.silent_questions: 0 is outside 1 to 100",
		"escalation.large_from: -1.00 USD is not above zero",
	)
	checkCoded(t, err)
	read := strings.NewReplacer(`"boss"`, `"rep"`, "24h", "24 hours", "0 days", "3 days", "1 hours", "1 hour",
		`executive":""`, `executive":"1 day"`, "nobody", "rep", `"14"`, `"14 days"`, "10001", "10",
		`questions":0`, `questions":1`).Replace(badPolicy)
	_, err = escalation.ParsePolicy([]byte(read))
	wantError(t, err,
		"escalation.large_from: -1.00 USD is not above zero",
		"escalation.kinds.deal_stalled: nothing says where this kind goes; it is detected, so it needs a level",
		`escalation.kinds: "Budget" is no blocker kind; write lower-case letters, digits and underscores, a letter first, at most 64 bytes`,
		`escalation.reach.standard: "deal_desk_legal" is no level that time moves a case to; allowed are rep, manager, executive`,
	)
	checkCoded(t, err)
	_, err = escalation.ParsePolicy([]byte(policyText(t, `"USD"`, `"usd"`)))
	wantCode(t, err, value.CurrencyUnknown)
	_, err = escalation.ParsePolicy([]byte(policyText(t, `"250000.00"`, `"250000.001"`)))
	wantCode(t, err, value.MoneyScaleExcess)
	wantError(t, err, `escalation.large_from.amount: "250000.001" has more decimals than USD has (2)`)
}

func TestCompileRefusesAnIncompletePolicy(t *testing.T) {
	_, err := escalation.Compile(escalation.Policy{}, exampleRoster())
	var paths []string
	for _, e := range err.(value.Errors) {
		paths = append(paths, e.Path)
	}
	want := "escalation.silent_questions escalation.silent_syncs escalation.large_from escalation.kinds.deal_stalled" +
		" escalation.kinds.large_deal escalation.kinds.prospect_dark escalation.kinds.side_silent" +
		" escalation.respond.rep escalation.respond.manager escalation.respond.executive escalation.respond.deal_desk_legal" +
		" escalation.timeout.rep escalation.timeout.manager escalation.timeout.executive escalation.timeout.deal_desk_legal" +
		" escalation.reach.standard escalation.reach.simplified" +
		" escalation.reopen_within escalation.stalled_after escalation.dark_after escalation.silent_after"
	if got := strings.Join(paths, " "); got != want {
		t.Errorf("esc.total: nothing is defaulted later: got\n%s\nwant\n%s", got, want)
	}
	for name, spoil := range map[string]func(*escalation.Policy){
		"level 0 of a kind": func(p *escalation.Policy) { p.Kinds["x"] = 0 },
		"level 9 of a kind": func(p *escalation.Policy) { p.Kinds["x"] = 9 },
		"level 0 of a size": func(p *escalation.Policy) { p.Reach.Simplified = 0 },
		"level 9 of a size": func(p *escalation.Policy) { p.Reach.Standard = 9 },
		"negative term":     func(p *escalation.Policy) { p.ReopenWithin = value.Hours(-1) },
		"huge term":         func(p *escalation.Policy) { p.DarkAfter = value.Days(10_001) },
		"too many kinds": func(p *escalation.Policy) {
			for i := range 1000 {
				p.Kinds[escalation.BlockerKind("k"+strings.Repeat("a", i%60)+string(rune('a'+i/60)))] = escalation.RepLevel
			}
		},
	} {
		p := escalation.DefaultPolicy()
		spoil(&p)
		if _, err := escalation.Compile(p, exampleRoster()); err == nil {
			t.Errorf("%s is accepted", name)
		} else {
			checkCoded(t, err)
		}
	}
}

func TestARefusedPolicyCanBeWritten(t *testing.T) {
	const none = `{"rep":"","manager":"","executive":"","deal_desk_legal":""}`
	text, err := escalation.Policy{}.MarshalJSON()
	want := `{"kinds":{},"respond":` + none + `,"timeout":` + none +
		`,"reach":{"standard":"","simplified":""},"reopen_within":"","stalled_after":"","dark_after":"",` +
		`"silent_questions":0,"silent_syncs":0,"silent_after":"","large_from":null}`
	if err != nil || string(text) != want {
		t.Errorf("%s, %v", text, err)
	}
}

func FuzzParsePolicy(f *testing.F) {
	f.Add([]byte(policyText(f, `"14 days","s`, `"14 days","s`)))
	for _, s := range []string{badPolicy, "", "{}", "null", `{"kinds":null}`, strings.Repeat("[", 20)} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := escalation.ParsePolicy(data)
		if err != nil {
			checkCoded(t, err)
			return
		}
		compile(t, p, exampleRoster())
		text, err := p.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		if back, err := escalation.ParsePolicy(text); err != nil || !samePolicy(back, p) {
			t.Errorf("%s\nread as %+v, %v", text, back, err)
		}
	})
}
