package strictjson_test

import (
	stdjson "encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/value"
)

type document struct {
	Name   *string         `json:"name"`
	Count  *int            `json:"count"`
	Tags   []string        `json:"tags"`
	Items  []*item         `json:"items"`
	Rates  map[string]rate `json:"rates"`
	Box    *box            `json:"box"`
	Note   *string         `json:"note,omitempty"`
	Price  *value.Money    `json:"price,omitempty"`
	Shares map[string]*box `json:"shares,omitempty"`
}

type item struct {
	ID    *string       `json:"id"`
	Share value.Percent `json:"share"`
}

type rate struct {
	Tiers []tier `json:"tiers"`
}

type tier struct {
	From *string `json:"from"`
}

type box struct {
	Flag *bool `json:"flag"`
}

var limits = strictjson.Limits{Bytes: 2000, Depth: 5}

const good = `{"name":"n","count":0,"tags":[],"items":[{"id":"a","share":"30%"},{"id":"b"}],` +
	`"rates":{"r":{"tiers":[{"from":"1"}]}},"box":{"flag":false}}`

// with returns good with one piece of text replaced.
func with(t *testing.T, old, text string) string {
	t.Helper()
	if strings.Count(good, old) != 1 {
		t.Fatalf("%q does not stand once in the document", old)
	}
	return strings.Replace(good, old, text, 1)
}

func TestDecodeReads(t *testing.T) {
	for _, data := range []string{good, " \n\t" + good + "\r\n ", with(t, `"flag"`, `"\u0066lag"`),
		with(t, `"tags":[]`, `"tags":["ü","\ud83d\ude00"]`), with(t, `"box"`, `"note":"x","price":{"amount":"1","currency":"USD"},"box"`)} {
		var d document
		if err := strictjson.Decode([]byte(data), &d, limits); err != nil {
			t.Errorf("%s: %v", data, err)
			continue
		}
		if *d.Name != "n" || *d.Count != 0 || *d.Box.Flag || len(d.Items) != 2 || d.Items[0].Share != value.MustPercent("30%") || *d.Rates["r"].Tiers[0].From != "1" {
			t.Errorf("%s: %+v", data, d)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	const members = "the member is not known; allowed are box, count, items, name, note, price, rates, shares, tags"
	for _, c := range []struct {
		name, data string
		code       value.Code
		says       string
	}{
		{"nothing", "", strictjson.Syntax, "nothing is no JSON document"},
		{"white space", " \n", strictjson.Syntax, "nothing is no JSON document"},
		{"no JSON", "x", strictjson.Syntax, "the text at byte 0 is not JSON: invalid character 'x' at start of value"},
		{"byte order mark", "\ufeff" + good, strictjson.Syntax, ""},
		{"comment", "//\n" + good, strictjson.Syntax, ""},
		{"cut", good[:len(good)-1], strictjson.Syntax, "the text at byte 137 is not JSON: unexpected EOF"},
		{"cut in a list", `{"items":[{"id":"a"},`, strictjson.Syntax, ""},
		{"comma at the end", with(t, `"flag":false`, `"flag":false,`), strictjson.Syntax, ""},
		{"bad value in a list", `{"items":[{"id":x`, strictjson.Syntax, "items[0].id: the text at byte 16 is not JSON: invalid character 'x' at start of value"},
		{"bidi mark for a value", "{\"name\":\u202e", strictjson.Syntax, ""},
		{"invalid UTF-8", with(t, `"n"`, "\"\xff\""), strictjson.Syntax, "name: the text at byte 9 is not JSON: invalid UTF-8"},
		{"invalid UTF-8 in a name", with(t, `"flag"`, "\"\xc3\""), strictjson.Syntax, ""},
		{"half a surrogate", with(t, `"n"`, `"\ud800"`), strictjson.Syntax, ""},
		{"control in text", with(t, `"n"`, "\"\x01\""), strictjson.Syntax, ""},
		{"NaN", with(t, `"count":0`, `"count":NaN`), strictjson.Syntax, ""},
		{"text behind the end", good + " x", strictjson.Syntax, "data follows the end of the document"},
		{"second document", good + good, strictjson.Syntax, "data follows the end of the document"},
		{"no-break space behind the end", good + "\u00a0", strictjson.Syntax, ""},
		{"zero byte behind the end", good + "\x00", strictjson.Syntax, ""},

		{"repeated", with(t, `"box"`, `"name":"m","box"`), strictjson.Repeated, "name: the member stands twice"},
		{"repeated with the same value", with(t, `"flag":false`, `"flag":false,"flag":false`), strictjson.Repeated, "box.flag: the member stands twice"},
		{"repeated by an escape", with(t, `"flag":false`, `"flag":false,"\u0066lag":true`), strictjson.Repeated, "box.flag: the member stands twice"},
		{"repeated in a list", with(t, `"id":"b"`, `"id":"b","id":"c"`), strictjson.Repeated, "items[1].id: the member stands twice"},
		{"repeated key of a map", with(t, `"r":{`, `"7":{"tiers":[]},"7":{`), strictjson.Repeated, "rates.7: the member stands twice"},
		{"repeated in an unknown member", `{"x":{"0":{"a":1,"a":1}}}`, strictjson.Repeated, "x.0.a: the member stands twice"},

		{"unknown", with(t, `"box"`, `"colour":1,"box"`), strictjson.Unknown, "colour: " + members},
		{"wrongly cased", with(t, `"name"`, `"Name"`), strictjson.Unknown, "Name: " + members},
		{"unknown in a list", with(t, `"id":"b"`, `"id":"b","ID":"c"`), strictjson.Unknown, "items[1].ID: the member is not known; allowed are id, share"},
		{"unknown in a map", with(t, `"from"`, `"From"`), strictjson.Unknown, "rates.r.tiers[0].From: the member is not known; allowed are from"},
		{"unknown below a member that may be left out", with(t, `"box"`, `"shares":{"x":{"Flag":true}},"box"`), strictjson.Unknown, "shares.x.Flag: the member is not known; allowed are flag"},
		{"unknown below a key of digits", strings.Replace(with(t, `"from"`, `"From"`), `"r":`, `"2026":`, 1), strictjson.Unknown, "rates.2026.tiers[0].From: the member is not known; allowed are from"},
		{"unknown name of digits", with(t, `"flag"`, `"0"`), strictjson.Unknown, "box.0: the member is not known; allowed are flag"},
		{"unknown empty name", with(t, `"flag"`, `""`), strictjson.Unknown, `box."": the member is not known; allowed are flag`},
		{"unknown name that escapes", with(t, `"flag"`, `"a~1/b"`), strictjson.Unknown, "box.a~1/b: the member is not known; allowed are flag"},

		{"number for text", with(t, `"n"`, `1`), strictjson.Type, "name: a JSON number stands where a text in quotes belongs"},
		{"text for a number", with(t, `"count":0`, `"count":"0"`), strictjson.Type, "count: a JSON string stands where a whole number of 64 bits belongs"},
		{"fraction for a whole number", with(t, `"count":0`, `"count":0.5`), strictjson.Type, ""},
		{"number beyond 64 bits", with(t, `"count":0`, `"count":1e999`), strictjson.Type, ""},
		{"object for a list", with(t, `"tags":[]`, `"tags":{}`), strictjson.Type, "tags: a JSON object stands where a list belongs"},
		{"list for an object", with(t, `{"flag":false}`, `[]`), strictjson.Type, "box: a JSON array stands where an object with members belongs"},
		{"text for an object of a list", with(t, `{"id":"b"}`, `"b"`), strictjson.Type, "items[1]: a JSON string stands where an object with members belongs"},
		{"boolean", with(t, `"tags":[]`, `"tags":["a",true]`), strictjson.Type, "tags[1]: a JSON boolean stands where a text in quotes belongs"},
		{"list at the top", "[1,2]", strictjson.Type, "a JSON array stands where an object with members belongs"},
		{"number at the top", "1", strictjson.Type, ""},

		{"value refused by its type", with(t, `"30%"`, `"30"`), value.PercentFormat, `items[0].share: "30" is not a percentage; write digits, a point where needed and a percent sign, like 12.5%`},
		{"member of a value refused", with(t, `"box"`, `"price":{"amount":"1.000","currency":"USD"},"box"`), value.MoneyScaleExcess, `price.amount: "1.000" has more decimals than USD has (2)`},

		{"too large", good + strings.Repeat(" ", 2001-len(good)), strictjson.Size, "2001 bytes are above the limit of 2000"},
		{"too deep", with(t, `"n"`, strings.Repeat("[", 5)), strictjson.Depth, "name[0][0][0][0]: nesting is deeper than 5"},
		{"too deep, objects", with(t, `"1"`, `{}`), strictjson.Depth, "rates.r.tiers[0].from: nesting is deeper than 5"},
		{"too deep everywhere", strings.Repeat("[", 1999), strictjson.Depth, ""},
	} {
		var d document
		err := strictjson.Decode([]byte(c.data), &d, limits)
		if !errors.Is(err, c.code) || c.says != "" && err.Error() != c.says {
			t.Errorf("%s:\n got %v\nwant %s %s", c.name, err, c.code, c.says)
		}
		readable(t, err)
	}
}

func TestDecodeTakesADocumentAtItsLimits(t *testing.T) {
	var d document
	if err := strictjson.Decode([]byte(good+strings.Repeat(" ", 2000-len(good))), &d, limits); err != nil {
		t.Errorf("2000 bytes, depth 5: %v", err)
	}
}

func TestDecodeReportsMissingMembersAllAtOnce(t *testing.T) {
	const needed = ": nothing stands here; the member is needed"
	for data, paths := range map[string]string{
		"{}":   "name count tags items rates box",
		"null": "name count tags items rates box",
		`{"name":null,"count":null,"tags":null,"items":null,"rates":null,"box":null,"note":null}`:                                                    "name count tags items rates box",
		`{"name":"n","count":1,"tags":[],"items":[{"id":"a"},{},null],"rates":{"z":{},"b":{"tiers":[{},{"from":"1"}]},"a.b":{},"2026":{}},"box":{}}`: `items[1].id items[2] rates.2026.tiers rates.a.b.tiers rates.b.tiers[0].from rates.z.tiers box.flag`,
		with(t, `"box"`, `"shares":{"x":null,"":null},"box"`):                                                                                        `shares."" shares.x`,
	} {
		var d document
		err := strictjson.Decode([]byte(data), &d, limits)
		var want []string
		for path := range strings.FieldsSeq(paths) {
			want = append(want, path+needed)
		}
		if err == nil || !errors.Is(err, strictjson.Missing) || err.Error() != strings.Join(want, "\n") {
			t.Errorf("%s:\n got %v\nwant %s", data, err, strings.Join(want, "\n"))
		}
		readable(t, err)
	}
}

func TestMissingMembersAreBounded(t *testing.T) {
	text := `{"name":"n","count":0,"tags":[],"rates":{},"box":{"flag":true},"items":[{}` + strings.Repeat(",{}", 100_000) + `]}`
	err := strictjson.Decode([]byte(text), new(document), strictjson.Limits{Bytes: 1 << 20, Depth: 5})
	list, ok := errors.AsType[value.Errors](err)
	if !ok || len(list) != 1000 {
		t.Errorf("%d problems: %.100v", len(list), err)
	}
}

// A member's name comes from a stranger: it must not run into the sentence, hide
// part of it, or fill a log.
func TestPathOfHostileNamesIsShortAndReadable(t *testing.T) {
	long := strings.Repeat("a", 200)
	wide := strictjson.Limits{Bytes: 1 << 20, Depth: 5}
	for name, want := range map[string]string{
		`a\u202eb`:        `"a\u202eb"`,
		`\n\u001b[31m`:    `"\n\x1b[31m"`,
		`\"quoted\"`:      `"\"quoted\""`,
		long:              `"` + long[:64] + `"…`,
		`x\ufeff`:         `"x\ufeff"`,
		`größe`:           `größe`,
		`[0]`:             `[0]`,
		long[:64]:         long[:64],
		`\u0000` + long:   `"\x00` + long[:63] + `"…`,
		`line\u2028break`: `"line\u2028break"`,
	} {
		for _, nest := range []string{`{"rates":{"NAME":{"tiers":[{"from":0}]}}}`, `{"rates":{"NAME":{"tiers":[{}]}}}`, `{"rates":{"NAME":{"tiers":[{"from":x`,
			`{"rates":{"NAME":{"tiers":[{"from":"1","from"`} {
			err := strictjson.Decode([]byte(strings.Replace(nest, "NAME", name, 1)), new(document), wide)
			readable(t, err)
			if path := value.JoinPath("rates", want) + ".tiers[0].from: "; err == nil || !strings.Contains("\n"+err.Error(), "\n"+path) {
				t.Errorf("%s: %v, want path %s", name, err, path)
			}
		}
	}
	huge := strings.Repeat(`{"`+strings.Repeat(`\u0001`, 1000)+`":`, 6)
	err := strictjson.Decode([]byte(huge), new(document), wide)
	readable(t, err)
	if !errors.Is(err, strictjson.Depth) {
		t.Errorf("%v", err)
	}
}

// readable fails unless each error is one of this module with a short path and
// text without anything invisible.
func readable(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		return
	}
	list, isList := errors.AsType[value.Errors](err)
	if one, ok := errors.AsType[*value.Error](err); ok && !isList {
		list = value.Errors{one}
	}
	if len(list) == 0 {
		t.Errorf("%#v is no error of this module", err)
	}
	for _, e := range list {
		if e.Code == "" || e.Got == "" || e.Want == "" {
			t.Errorf("%#v is not complete", e)
		}
		// A level shows at most 64 bytes, each escaped to four.
		if most := (limits.Depth + 1) * (4*64 + len(`."…"`)); len(e.Path) > most {
			t.Errorf("a path of %d bytes, more than %d: %.100s", len(e.Path), most, e.Path)
		}
		text := e.Error()
		if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) || len(text)-len(e.Path) > 400 {
			t.Errorf("unreadable: %q", text)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{good, "{}", "null", "[]", "1", `""`, "", good + "x", `{"name":"a","name":"b"}`, `{"Name":""}`, `{"items":[{"id":1}]}`, `{"items":[null]}`,
		`{"rates":{"0":{"tiers":[{"from":null}]}}}`, `{"price":{"amount":"1.000","currency":"USD"}}`, `{"box":{"flag":"\ud800"}}`, "{\"\xff\":0}",
		strings.Repeat("[", 10), strings.Repeat(`{"a":`, 10), `{"":{"":{"":0}}}`, `{"a\/b~":[0,{"x":[[0,0]]}]}`, "\ufeff{}"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var d document
		err := strictjson.Decode(data, &d, limits)
		if err != nil {
			readable(t, err)
			if again := strictjson.Decode(data, new(document), limits); again == nil || again.Error() != err.Error() {
				t.Errorf("%q: %v, and again %v", data, err, again)
			}
			if d, ok := errors.AsType[*value.Error](err); ok && d.Code == strictjson.Syntax && stdjson.Valid(data) && utf8.Valid(data) && !strings.Contains(string(data), `\u`) {
				t.Errorf("%q: %v, yet the standard library reads it", data, err)
			}
			return
		}
		if !stdjson.Valid(data) || !utf8.Valid(data) || len(data) > limits.Bytes {
			t.Fatalf("%q is taken", data)
		}
		out, err := json.Marshal(d, json.Deterministic(true))
		if err != nil {
			t.Fatal(err)
		}
		var back document
		if err := strictjson.Decode(out, &back, strictjson.Limits{Bytes: 10 * limits.Bytes, Depth: limits.Depth}); err != nil || !reflect.DeepEqual(back, d) {
			t.Errorf("%q is written as %s, which is read as %+v, %v", data, out, back, err)
		}
	})
}

// own has a member of its own that no document has.
type own struct{ list []string }

func (o *own) UnmarshalJSON(data []byte) error { return nil }

// A type that reads itself says itself what it lacks.
func TestDecodeAsksNothingOfATypeThatReadsItself(t *testing.T) {
	limits := strictjson.Limits{Bytes: 100, Depth: 3}
	var d struct {
		Own *own       `json:"own"`
		At  *time.Time `json:"at"`
	}
	if err := strictjson.Decode([]byte(`{"own":{},"at":"2026-11-22T00:00:00Z"}`), &d, limits); err != nil || d.Own.list != nil {
		t.Errorf("%+v, %v", d, err)
	}
	d.At = nil
	if err := strictjson.Decode([]byte(`{"own":{}}`), &d, limits); !errors.Is(err, strictjson.Missing) {
		t.Errorf("its own member is not asked for: %v", err)
	}
}

// Text that another decoder reads is not walked byte by byte.
func TestRawTextIsLeftAlone(t *testing.T) {
	type document struct {
		Raw *jsontext.Value `json:"raw"`
	}
	allocations := func(size int) float64 {
		text := []byte(`{"raw":"` + strings.Repeat("x", size) + `"}`)
		return testing.AllocsPerRun(3, func() {
			var d document
			if err := strictjson.Decode(text, &d, strictjson.Limits{Bytes: 1 << 20, Depth: 8}); err != nil || len(*d.Raw) != size+2 {
				t.Fatal(err)
			}
		})
	}
	if small, large := allocations(10), allocations(100_000); large > small+100 {
		t.Errorf("%v allocations for ten bytes, %v for 100,000", small, large)
	}
}
