package wire_test

import (
	stdjson "encoding/json"
	"errors"
	"reflect"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

func TestDocumentsAreRead(t *testing.T) {
	for _, data := range []string{
		good, " \n\t" + good + "\r\n ", with(t, `"flag"`, `"\u0066lag"`), with(t, `"tags":[]`, `"tags":["ü","\ud83d\ude00"]`),
		with(t, `"box"`, `"note":"x","price":{"amount":"1","currency":"USD"},"box"`), with(t, `"box"`, `"note":null,"price":null,"extra":null,"at":"","side":"","day":"","box"`),
		good + strings.Repeat(" ", limit-len(good)),
	} {
		var d document
		if err := wire.Unmarshal([]byte(data), limit, &d); err != nil {
			t.Errorf("%s: %v", data, err)
			continue
		}
		if d.Name != "n" || d.Count != 0 || d.Box.Flag || len(d.Items) != 2 || d.Items[0].Share != value.MustPercent("30%") || d.Rates["r"].Tiers[0].From != "1" || d.Extra != nil {
			t.Errorf("%s: %+v", data, d)
		}
	}
}

func TestEveryKindIsReadAndWrittenInOneForm(t *testing.T) {
	const all = `{"id":"d","name":"n\"","count":-5,"tags":["a","b"],"items":[],"rates":{"":{"tiers":[]},"a":{"tiers":[]}},"box":{"flag":true},"note":"x","price":{"amount":"1.00","currency":"USD"},` +
		`"shares":{"s":{"flag":false}},"side":"vendor","at":"2026-11-02T09:00:00.5Z","wait":"1h30m","day":"2026-11-22","rate":"12.5%","closed":"partner_led","extra":{"flag":true},"groups":{"g":[1,-2]}}`
	var d document
	err := wire.Unmarshal([]byte(strings.Replace(all, `"":{"tiers":[]},`, "", 1)), limit, &d)
	if err != nil {
		t.Fatal(err)
	}
	want := document{
		Name: `n"`, Count: -5, Tags: []string{"a", "b"}, Rates: map[string]rate{"a": {}}, Box: box{true}, Note: "x", Price: value.MustMoney("1.00 USD"),
		Shares: map[string]box{"s": {}}, Side: model.Vendor, At: time.Date(2026, 11, 2, 9, 0, 0, 500_000_000, time.UTC), Wait: 90 * time.Minute, Day: value.MustDate("2026-11-22"),
		Rate: value.MustPercent("12.5%"), Closed: model.PartnerLed, Extra: &box{true}, Groups: map[string][]int{"g": {1, -2}}, Outer: Outer{Inner{"d"}},
	}
	if diff := cmp.Diff(want, d, everyField); diff != "" {
		t.Errorf("(- want, + got)\n%s", diff)
	}
	d.Rates[""] = rate{}
	d.Groups["empty"] = nil // which a table leaves out
	if text, err := wire.Marshal(&d); err != nil || string(text) != all {
		t.Errorf("got  %s, %v\nwant %s", text, err, all)
	}
}

func TestDocumentsAreRefused(t *testing.T) {
	const members = "the member is not known; allowed are at, box, closed, count, day, extra, groups, id, items, name, note, price, rate, rates, shares, side, sides, tags, wait"
	for _, c := range []struct {
		name, data string
		code       value.Code
		says       string
	}{
		{"nothing", "", wire.Syntax, "nothing is no JSON document"},
		{"white space", " \n", wire.Syntax, "nothing is no JSON document"},
		{"no JSON", "x", wire.Syntax, "the text at line 1, column 1 is not JSON: invalid character 'x' at start of value"},
		{"byte order mark", "\ufeff" + good, wire.Syntax, ""},
		{"comment", "//\n" + good, wire.Syntax, ""},
		{"cut", good[:len(good)-1], wire.Syntax, "the text at line 1, column 138 is not JSON: it ends too early; a quote, a bracket or a brace is open"},
		{"cut in a list", `{"items":[{"id":"a"},`, wire.Syntax, ""},
		{"comma at the end", with(t, `"flag":false`, `"flag":false,`), wire.Syntax, ""},
		{"bad value in a list", "{\"items\":\n [{\"id\":x", wire.Syntax, "items[0].id: the text at line 2, column 9 is not JSON: invalid character 'x' at start of value"},
		{"column in characters", "{\"note\":\"größe\", x", wire.Syntax, "the text at line 1, column 18 is not JSON: invalid character 'x' at start of value"},
		{"bidi mark for a value", "{\"name\":\u202e", wire.Syntax, ""},
		{"invalid UTF-8", with(t, `"n"`, "\"\xff\""), wire.Syntax, "name: the text at line 1, column 10 is not JSON: invalid UTF-8"},
		{"invalid UTF-8 in a name", with(t, `"flag"`, "\"\xc3\""), wire.Syntax, ""},
		{"half a surrogate", with(t, `"n"`, `"\ud800"`), wire.Syntax, ""},
		{"control in text", with(t, `"n"`, "\"\x01\""), wire.Syntax, ""},
		{"NaN", with(t, `"count":0`, `"count":NaN`), wire.Syntax, ""},
		{"syntax after other problems", `{"colour":1,"count":"x","name":}`, wire.Syntax, ""},
		{"text behind the end", good + " x", wire.Syntax, "data follows the end of the document"},
		{"second document", good + good, wire.Syntax, "data follows the end of the document"},
		{"no-break space behind the end", good + "\u00a0", wire.Syntax, ""},
		{"zero byte behind the end", good + "\x00", wire.Syntax, ""},
		{"too deep for anybody", strings.Repeat("[", limit), wire.Syntax, ""},

		{"repeated", with(t, `"box"`, `"name":"m","box"`), wire.Repeated, "name: the member stands twice"},
		{"repeated with the same value", with(t, `"flag":false`, `"flag":false,"flag":false`), wire.Repeated, "box.flag: the member stands twice"},
		{"repeated after null", with(t, `"box"`, `"note":null,"note":"x","box"`), wire.Repeated, "note: the member stands twice"},
		{"repeated by an escape", with(t, `"flag":false`, `"flag":false,"\u0066lag":true`), wire.Repeated, "box.flag: the member stands twice"},
		{"repeated in a list", with(t, `"id":"b"`, `"id":"b","id":"c"`), wire.Repeated, "items[1].id: the member stands twice"},
		{"repeated key of a table", with(t, `"r":{`, `"7":{"tiers":[]},"7":{`), wire.Repeated, "rates.7: the member stands twice"},

		{"null for a list of a table", with(t, `"box"`, `"groups":{"g":null},"box"`), wire.Missing, "groups.g: nothing stands here; a list is needed"},
		{"repeated key of empty lists", with(t, `"box"`, `"groups":{"g":[],"g":[]},"box"`), wire.Repeated, "groups.g: the member stands twice"},

		{"unknown", with(t, `"box"`, `"colour":1,"box"`), wire.Unknown, "colour: " + members},
		{"wrongly cased", with(t, `"box"`, `"Name":"x","box"`), wire.Unknown, "Name: " + members},
		{"unknown in a list", with(t, `"id":"b"`, `"id":"b","ID":"c"`), wire.Unknown, "items[1].ID: the member is not known; allowed are id, share"},
		{"unknown in a table", with(t, `"from":"1"`, `"from":"1","From":[{}]`), wire.Unknown, "rates.r.tiers[0].From: the member is not known; allowed are from"},
		{"unknown empty name", with(t, `"flag":false`, `"flag":false,"":{"x":[1]}`), wire.Unknown, `box."": the member is not known; allowed are flag`},

		{"number for text", with(t, `"n"`, `1`), wire.Type, "name: a JSON number stands where a text in quotes belongs"},
		{"text for a number", with(t, `"count":0`, `"count":"0"`), wire.Type, "count: a JSON string stands where a whole number of 64 bits belongs"},
		{"fraction for a whole number", with(t, `"count":0`, `"count":0.5`), wire.Type, "count: a JSON number stands where a whole number of 64 bits belongs"},
		{"number beyond 64 bits", with(t, `"count":0`, `"count":1e999`), wire.Type, ""},
		{"object for a list", with(t, `"tags":[]`, `"tags":{}`), wire.Type, "tags: a JSON object stands where a list belongs"},
		{"list for an object", with(t, `{"flag":false}`, `[]`), wire.Type, "box: a JSON array stands where an object with members belongs"},
		{"list for a table", with(t, `"box"`, `"shares":[],"box"`), wire.Type, "shares: a JSON array stands where an object with members belongs"},
		{"text for an object of a list", with(t, `{"id":"b"}`, `"b"`), wire.Type, "items[1]: a JSON string stands where an object with members belongs"},
		{"boolean", with(t, `"tags":[]`, `"tags":["a",true]`), wire.Type, "tags[1]: a JSON boolean stands where a text in quotes belongs"},
		{"list at the top", "[1,2]", wire.Type, "a JSON array stands where an object with members belongs"},

		{"percentage", with(t, `"30%"`, `"30"`), value.PercentFormat, `items[0].share: "30" is not a percentage; write digits, a point where needed and a percent sign, like 12.5%`},
		{"part", with(t, `"box"`, `"rate":"130%","box"`), value.PercentAbove, "rate: 130% is above 100%"},
		{"member of an amount", with(t, `"box"`, `"price":{"amount":"1.000","currency":"USD"},"box"`), value.MoneyScaleExcess, `price.amount: "1.000" has more decimals than USD has (2)`},
		{"amount below zero", with(t, `"box"`, `"price":{"amount":"-1","currency":"USD"},"box"`), wire.Range, "price: -1.00 USD is not above zero"},
		{"enumeration", with(t, `"box"`, `"side":"Vendor","box"`), value.Code("side.unknown"), `side: "Vendor" is not known; allowed are partner, vendor`},
		{"member to fill", with(t, `"box"`, `"closed":"","box"`), value.Code("engagement.unknown"), "closed: nothing is given; allowed are partner_led, vendor_led, true_co_sell"},
		{"instant", with(t, `"box"`, `"at":"noon","box"`), wire.Instant, `at: "noon" is no instant; write it like 2026-11-22T09:30:00Z`},
		{"day", with(t, `"box"`, `"day":"today","box"`), value.DateFormat, ""},
		{"duration", with(t, `"box"`, `"wait":"1d","box"`), wire.Duration, `wait: "1d" is no length of time; write whole hours, minutes and seconds like 168h or 1h30m`},

		{"number above its range", with(t, `"count":0`, `"count":6`), "test.count", "count: 6 is outside -5 to 5"},
		{"number below its range", with(t, `"count":0`, `"count":-6`), "test.count", "count: -6 is outside -5 to 5"},
		{"text above its bound", with(t, `"box"`, `"note":"123456789","box"`), wire.Text, `note: "123456789" is no text of at most 8 bytes of UTF-8`},
		{"id above its bound", with(t, `"box"`, `"id":"12345678901234567","box"`), wire.ID, `id: "12345678901234567" is not a text of 1 to 16 bytes of UTF-8`},
		{"list above its bound", with(t, `"tags":[]`, `"tags":["a","b","c",7]`), wire.Excess, "tags: more than 3 elements are too many for this list"},
		{"table above its bound", with(t, `"r":{`, `"1":{},"2":{},"3":{},"4":{},"r":{`), wire.Excess, "rates: more than 4 members are too many for this table"},
		{"name twice", with(t, `"box"`, `"sides":["vendor","vendor"],"box"`), wire.Twice, `sides[1]: "vendor" stands twice`},
		{"element twice", with(t, `"tags":[]`, `"tags":["a","b","a"]`), wire.Twice, `tags[2]: "a" stands twice`},
		{"key of a table", with(t, `"r":{`, `"":{"tiers":[]},"r":{`), wire.ID, `rates."": nothing stands here; a text of 1 to 80 bytes of UTF-8 is needed`},

		{"too large", good + strings.Repeat(" ", limit+1-len(good)), wire.Size, "2001 bytes are above the limit of 2000"},
	} {
		d := document{Name: "before"}
		err := wire.Unmarshal([]byte(c.data), limit, &d)
		if !errors.Is(err, c.code) || codeOf(err) != c.code || c.says != "" && err.Error() != c.says {
			t.Errorf("%s:\n got %v\nwant %s %s", c.name, err, c.code, c.says)
		}
		if d.Name != "before" {
			t.Errorf("%s: what was refused changed the value", c.name)
		}
		readable(t, err)
	}
}

func TestEveryProblemIsReportedAtOnce(t *testing.T) {
	const data = `{"name":1,"colour":2,"count":9,"items":[{"share":"x"},null,{"id":"a","id":"b"}],"box":{},"side":"us","rates":{"b":{"tiers":[{}]},"a.b":null}}`
	want := strings.Join([]string{
		"name json.type", "colour json.unknown", "count test.count", "items[0].share percent.format", "items[0].id json.missing", "items[1].id json.missing", "items[2].id json.repeated",
		"box.flag json.missing", "side side.unknown", "rates.b.tiers[0].from json.missing", "rates.a.b.tiers json.missing", "tags json.missing",
	}, "\n")
	var list value.Errors
	list.Add("", wire.Unmarshal([]byte(data), limit, new(document)))
	var got []string
	for _, e := range list {
		got = append(got, e.Path+" "+string(e.Code))
	}
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}

func TestNullIsAnAbsentMember(t *testing.T) {
	for data, paths := range map[string]string{
		"{}":   "name count tags items rates box",
		"null": "name count tags items rates box",
		`{"name":null,"count":null,"tags":null,"items":null,"rates":null,"box":null,"note":null}`: "name count tags items rates box",
	} {
		var want []string
		for path := range strings.FieldsSeq(paths) {
			want = append(want, path+": nothing stands here; the member is needed")
		}
		if err := wire.Unmarshal([]byte(data), limit, new(document)); err == nil || err.Error() != strings.Join(want, "\n") {
			t.Errorf("%s:\n got %v\nwant %s", data, err, strings.Join(want, "\n"))
		}
	}
}

func TestRulesAreCheckedWhereEveryValueWasRead(t *testing.T) {
	rules := func(document) error { return value.Below("box", value.NewError("test.rule", "a box", "is refused")) }
	for data, want := range map[string]string{
		good: "test.rule", with(t, `"count":0`, `"count":9`): "test.count test.rule", with(t, `"count":0`, `"count":"x"`): "json.type",
		with(t, `"box"`, `"colour":1,"box"`): "json.unknown test.rule", "x": "json.syntax", strings.Repeat(" ", limit+1): "json.size",
	} {
		var list value.Errors
		list.Add("", wire.Document([]byte(data), limit, new(document), rules))
		var codes []string
		for _, e := range list {
			codes = append(codes, string(e.Code))
		}
		if got := strings.Join(codes, " "); got != want {
			t.Errorf("%.60s: %s, want %s", data, got, want)
		}
	}
}

func TestFormAndRulesAreCheckedTogether(t *testing.T) {
	rules := func(d document) error {
		return value.NewError("test.rule", "a count of "+strconv.Itoa(d.Count), "is refused")
	}
	var d document
	if err := wire.Document([]byte(good), limit, &d, func(document) error { return nil }); err != nil {
		t.Fatal(err)
	}
	d.Count = 9
	if err := wire.CheckAll(&d, rules); err == nil || err.Error() != "count: 9 is outside -5 to 5\na count of 9 is refused" {
		t.Errorf("%v", err)
	}
	if err := wire.CheckAll(&d, func(document) error { return nil }); !errors.Is(err, value.Code("test.count")) {
		t.Errorf("%v", err)
	}
}

// Rules that check a whole part report some problems of form again.
func TestProblemsOfFormAndRulesAreListedOnce(t *testing.T) {
	check := func(d document) error { return wire.Check(&d) }
	err := wire.Document([]byte(with(t, `"count":0`, `"count":9,"note":"123456789"`)), limit, new(document), check)
	if want := "count: 9 is outside -5 to 5\nnote: \"123456789\" is no text of at most 8 bytes of UTF-8"; err == nil || err.Error() != want {
		t.Errorf("%v", err)
	}
}

func TestFilledMembersMustNotBeEmpty(t *testing.T) {
	type filled struct {
		Text string        `json:"text,omitzero" wire:"filled"`
		Day  value.Date    `json:"day,omitzero" wire:"filled,code=test.day"`
		Part value.Percent `json:"part,omitzero" wire:"filled"`
	}
	for data, code := range map[string]value.Code{
		`{}`: "", `{"text":null,"day":null}`: "", `{"text":"x","day":"2026-11-22","part":"0%"}`: "",
		`{"text":""}`: wire.Missing, `{"day":""}`: "test.day", `{"part":""}`: value.PercentFormat,
	} {
		if err := wire.Unmarshal([]byte(data), limit, new(filled)); codeOf(err) != code {
			t.Errorf("%s: %v", data, err)
		}
	}
}

// The name of a member may be hostile: it must not look like a part of the sentence, hide a
// part of it, or fill a log.
func TestPathsOfHostileNamesAreShortAndReadable(t *testing.T) {
	long := strings.Repeat("a", 200)
	for name, want := range map[string]string{
		`a\u202eb`: `"a\u202eb"`, `\n\u001b[31m`: `"\n\x1b[31m"`, `\"quoted\"`: `"\"quoted\""`, long: `"` + long[:64] + `"…`, `x\ufeff`: `"x\ufeff"`, `größe`: `größe`, `[0]`: `[0]`,
		long[:64]: long[:64], `\u0000` + long: `"\x00` + long[:63] + `"…`, `line\u2028break`: `"line\u2028break"`,
	} {
		for _, nest := range []string{`{"rates":{"NAME":{"tiers":[{"from":0}]}}}`, `{"rates":{"NAME":{"tiers":[{}]}}}`, `{"rates":{"NAME":{"tiers":[{"from":x`, `{"rates":{"NAME":{"tiers":[{"from":"1","from"`} {
			err := wire.Unmarshal([]byte(strings.Replace(nest, "NAME", name, 1)), 1<<20, new(document))
			readable(t, err)
			if path := value.JoinPath("rates", want) + ".tiers[0]"; err == nil || !strings.Contains("\n"+err.Error(), "\n"+path) {
				t.Errorf("%s: %v, want path %s", name, err, path)
			}
		}
	}
	readable(t, wire.Unmarshal([]byte(strings.Repeat(`{"`+strings.Repeat(`\u0001`, 1000)+`":`, 100)), 1<<20, new(document)))
}

// allocated returns how many bytes a call allocates.
func allocated(call func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	call()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// CASES R1: however much is wrong, the answer is short and cheap.
func TestHostileDocumentsAreRefusedCheaply(t *testing.T) {
	for name, data := range map[string]string{
		"empty objects":         `{"items":[` + strings.Repeat("{},", 100_000) + `{}]}`,
		"unknown names":         `{` + strings.Repeat(`"x":0,`, 2_000_000) + `"y":0}`,
		"empty texts":           `{"tags":[` + strings.Repeat(`"",`, 1_000_000) + `""]}`,
		"keys of a table":       `{"groups":{` + strings.Repeat(`"a":[],`, 300_000) + `"b":[]}}`,
		"a list inside a list":  `{"items":[{"id":[` + strings.Repeat("{},", 1_000_000) + `{}]}]}`,
		"a long text":           `{"note":"` + strings.Repeat("x", 8<<20) + `"}`,
		"a deep unknown member": `{"x":` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + `}`,
	} {
		var err error
		if n := allocated(func() { err = wire.Unmarshal([]byte(data), 64<<20, new(document)) }); n > 64<<20 {
			t.Errorf("%s: %d bytes allocated", name, n)
		}
		var list value.Errors
		list.Add("", err)
		if len(list) == 0 || len(list) > 101 || len(list.Error()) > 80<<10 {
			t.Errorf("%s: %d problems in %d bytes", name, len(list), len(list.Error()))
		}
		if last := list[len(list)-1]; len(list) == 101 && last.Code != wire.More {
			t.Errorf("%s ends with %v", name, last)
		}
		readable(t, err)
	}
}

func TestProblemsOfRulesAreCounted(t *testing.T) {
	rules := func(document) error {
		var found wire.List
		for range 1000 {
			if !found.Full() {
				found.Add("box", value.NewError("test.rule", "a box", "is refused"))
			}
		}
		return found.Err()
	}
	err := wire.Document([]byte(with(t, `"count":0`, `"count":9`)), limit, new(document), rules)
	list, _ := errors.AsType[value.Errors](err)
	if len(list) != 101 || list[1].Path != "box" || list[100].Error() != "901 more problems are not listed; mend these first" {
		t.Errorf("%d problems: %.300v", len(list), err)
	}
}

// A long list of wrong elements costs no more than a short one, and one of right ones
// that ends in wrong ones little more.
func TestWrongElementsAreNotKept(t *testing.T) {
	type large struct {
		Rest [25]string `json:"-"`
		Flag bool       `json:"flag" wire:"needed"`
	}
	type long struct {
		List []large `json:"list" wire:"..2000000"`
	}
	for name, begin := range map[string]string{"all": "", "after right ones": strings.Repeat(`{"flag":true},`, 2000)} {
		for _, wrong := range []string{`"",`, `{},`, `{"flag":0},`} {
			var err error
			data := []byte(`{"list":[` + begin + strings.Repeat(wrong, 1_000_000) + `{}]}`)
			if n := allocated(func() { err = wire.Unmarshal(data, 64<<20, new(long)) }); n > 64<<20 || !errors.Is(err, wire.More) {
				t.Errorf("%s %s: %d bytes allocated, %.100v", name, wrong, n, err)
			}
		}
	}
}

func TestProblemsThatAreNotListedAreCounted(t *testing.T) {
	err := wire.Unmarshal([]byte(`{`+strings.Repeat(`"x":0,`, 1000)+good[1:]), 1<<20, new(document))
	list, ok := errors.AsType[value.Errors](err)
	if !ok || len(list) != 101 || list[100].Error() != "900 more problems are not listed; mend these first" {
		t.Errorf("%d problems: %.300v", len(list), err)
	}
	if err := wire.Limit(append(list, list...)); !errors.Is(err, wire.More) || !strings.HasSuffix(err.Error(), "\n1900 more problems are not listed; mend these first") {
		t.Errorf("%v", err)
	}
}

// A long list takes one allocation once its elements are counted.
func TestLongListsAreReadWhole(t *testing.T) {
	type long struct {
		Numbers []int `json:"numbers,omitzero" wire:"..100000"`
	}
	for _, n := range []int{0, 1, 1023, 1024, 1025, 5000, 100_000, 100_001} {
		var b []byte
		for i := range n {
			b = append(strconv.AppendInt(b, int64(i), 10), ',')
		}
		var l long
		err := wire.Unmarshal([]byte(`{"numbers":[`+strings.TrimSuffix(string(b), ",")+`]}`), 1<<20, &l)
		if want := min(n, 100_001); n > 100_000 && !errors.Is(err, wire.Excess) || n <= 100_000 && (err != nil || len(l.Numbers) != want || n > 0 && l.Numbers[n-1] != n-1) {
			t.Errorf("%d numbers: %d, %v", n, len(l.Numbers), err)
		}
	}
}

func TestInstantsOfOtherFormsAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		"2026-11-22T09:30:00Z":           "2026-11-22T09:30:00Z",
		"2026-11-22T09:30:00+01:00":      "2026-11-22T08:30:00Z",
		"2026-11-22T09:30:00.500-12:45":  "2026-11-22T22:15:00.5Z",
		"0001-01-01T00:00:00.000000001Z": "0001-01-01T00:00:00.000000001Z",
		"9000-12-31T23:59:59.999999999Z": "9000-12-31T23:59:59.999999999Z",
		"2026-11-22":                     "", "2026-11-22T09:30:00": "", "2026-11-22 09:30:00Z": "", "2026-11-22T9:30:00Z": "", "2026-11-22T09:30:00,5Z": "", "2026-11-22T24:00:00Z": "",
		"2026-11-22T09:30:60Z": "", "2026-11-31T09:30:00Z": "", "2026-11-22T09:30:00+24:00": "", "2026-11-22T09:30:00.000+0000": "", "0000-12-31T23:59:59Z": "", "0001-01-01T00:00:00Z": "",
		"0001-01-01T00:30:00+01:00": "", "9000-12-31T23:59:59-00:01": "", "10000-01-01T00:00:00Z": "", strings.Repeat("2", 100_000) + "T00Z": "",
	} {
		type dated struct {
			At time.Time `json:"at,omitzero"`
		}
		var d dated
		err := wire.Unmarshal([]byte(`{"at":"`+text+`"}`), 1<<20, &d)
		if written, _ := wire.Marshal(&d); (err == nil) != (want != "") || want != "" && string(written) != `{"at":"`+want+`"}` {
			t.Errorf("%.40s is %s, %v, want %s", text, written, err, want)
		}
		if err != nil && (!errors.Is(err, wire.Instant) || len(err.Error()) > 300) {
			t.Errorf("%.40s: %v", text, err)
		}
		type canonical struct {
			At time.Time `json:"at" wire:"utc"`
		}
		err = wire.Unmarshal([]byte(`{"at":"`+text+`"}`), 1<<20, new(canonical))
		if (err == nil) != (text == want) || err != nil && !errors.Is(err, wire.Instant) {
			t.Errorf("%.40s as an instant in UTC: %v", text, err)
		}
	}
}

func FuzzUnmarshal(f *testing.F) {
	for _, s := range []string{
		good, "{}", "null", "[]", "1", `""`, "", good + "x", `{"name":"a","name":"b"}`, `{"Name":""}`, `{"items":[{"id":1}]}`, `{"items":[null]}`, `{"rates":{"0":{"tiers":[{"from":null}]}}}`,
		`{"price":{"amount":"1.000","currency":"USD"}}`, `{"box":{"flag":"\ud800"}}`, "{\"\xff\":0}", strings.Repeat("[", 10), strings.Repeat(`{"a":`, 10), `{"":{"":{"":0}}}`,
		`{"a\/b~":[0,{"x":[[0,0]]}]}`, "\ufeff{}", `{"groups":{"g":[1]},"wait":"1h","at":"2026-11-02T09:00:00Z"}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var d document
		if err := wire.Unmarshal(data, limit, &d); err != nil {
			readable(t, err)
			if again := wire.Unmarshal(data, limit, new(document)); again == nil || again.Error() != err.Error() {
				t.Errorf("%q: %v, and again %v", data, err, again)
			}
			if codeOf(err) == wire.Syntax && stdjson.Valid(data) && utf8.Valid(data) && !strings.Contains(string(data), `\u`) {
				t.Errorf("%q: %v, yet the standard library reads it", data, err)
			}
			return
		}
		if !stdjson.Valid(data) || !utf8.Valid(data) || len(data) > limit {
			t.Fatalf("%q is taken", data)
		}
		if err := wire.Check(&d); err != nil {
			t.Fatalf("%q is read, and Check says %v", data, err)
		}
		out, err := wire.Marshal(&d)
		if err != nil {
			t.Fatal(err)
		}
		var back document
		if err := wire.Unmarshal(out, 10*limit, &back); err != nil || !reflect.DeepEqual(back, d) || wire.Compare(&back, &d) != 0 {
			t.Errorf("%q is written as %s, which is read as %+v, %v", data, out, back, err)
		}
	})
}
