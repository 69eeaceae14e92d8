package strictjson_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"pgregory.net/rapid"

	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/value"
)

func TestInstants(t *testing.T) {
	for text, want := range map[string]string{
		"2026-11-22T09:30:00Z":                "2026-11-22T09:30:00Z",
		"2026-11-22T09:30:00+01:00":           "2026-11-22T08:30:00Z",
		"2026-11-22T09:30:00.500-12:45":       "2026-11-22T22:15:00.5Z",
		"0001-01-01T00:00:00.000000001Z":      "0001-01-01T00:00:00.000000001Z",
		"9999-12-31T23:59:59.999999999Z":      "9999-12-31T23:59:59.999999999Z",
		"":                                    "",
		"2026-11-22":                          "",
		"2026-11-22T09:30:00":                 "",
		"2026-11-22 09:30:00Z":                "",
		"2026-11-22T9:30:00Z":                 "",
		"2026-11-22T09:30:00,5Z":              "",
		"2026-11-22T24:00:00Z":                "",
		"2026-11-22T09:30:60Z":                "",
		"2026-11-31T09:30:00Z":                "",
		"2026-11-22T09:30:00+24:00":           "",
		"2026-11-22T09:30:00.000+0000":        "",
		"0000-12-31T23:59:59Z":                "",
		"0001-01-01T00:00:00Z":                "",
		"0001-01-01T00:30:00+01:00":           "",
		"9999-12-31T23:59:59-00:01":           "",
		"10000-01-01T00:00:00Z":               "",
		strings.Repeat("2", 100_000) + "T00Z": "",
	} {
		got, err := strictjson.ParseInstant(text)
		if strictjson.InstantText(got) != want || (err == nil) != (want != "") {
			t.Errorf("%.40s is %s, %v, want %s", text, strictjson.InstantText(got), err, want)
		}
		if err != nil && (!errors.Is(err, strictjson.Instant) || len(err.Error()) > 300) {
			t.Errorf("%.40s: %v", text, err)
		}
	}
}

func TestInstantsReadWhatIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(-62_135_596_799, 253_402_300_799).Draw(t, "seconds"), rapid.Int64Range(0, 999_999_999).Draw(t, "nanos"))
		text := strictjson.InstantText(at.In(time.FixedZone("", rapid.IntRange(-50_000, 50_000).Draw(t, "zone"))))
		again, err := strictjson.ParseInstant(text)
		if err != nil || !again.Equal(at) || again.Location() != time.UTC {
			t.Fatalf("%s is read as %s, %v", text, again, err)
		}
	})
}

// three reads a list of at most three boxes and one more.
type three struct {
	Boxes jsontext.Value `json:"boxes,omitempty"`
	One   jsontext.Value `json:"one,omitempty"`
}

// sized is a number that reads itself.
type sized struct{ n int }

func (s *sized) UnmarshalJSON(data []byte) error {
	var w struct {
		N *int `json:"n"`
	}
	if err := strictjson.Decode(data, &w, limits); err != nil {
		return err
	}
	s.n = *w.N
	return nil
}

func (s sized) MarshalJSON() ([]byte, error) { return []byte(`{"n":` + strconv.Itoa(s.n) + `}`), nil }

func TestListsOfWhatReadsItself(t *testing.T) {
	for _, c := range []struct {
		data string
		want []sized
		one  int
		errs string
	}{
		{`{}`, nil, 0, ""},
		{`{"boxes":null,"one":null}`, nil, 0, ""},
		{`{"boxes":[]}`, nil, 0, ""},
		{`{"boxes":[{"n":1},{"n":2}],"one":{"n":3}}`, []sized{{1}, {2}}, 3, ""},
		{`{"boxes":[{"n":1},{"m":2},{}],"one":{"n":"x"}}`, nil, 0, "boxes[1].m: the member is not known; allowed are n\nboxes[2].n: nothing stands here; the member is needed\none.n: a JSON string stands where a whole number of 64 bits belongs"},
		{`{"boxes":[{"n":1},{"n":1},{"n":1},{"n":1}]}`, nil, 0, "boxes: more than 3 elements are too many for this list or object"},
		{`{"boxes":{"n":1}}`, nil, 0, "boxes: a JSON object stands where a list belongs"},
		{`{"boxes":7,"one":7}`, nil, 0, "boxes: a JSON number stands where a list belongs\none: a JSON number stands where an object with members belongs"},
	} {
		var w three
		if err := strictjson.Decode([]byte(c.data), &w, limits); err != nil {
			t.Fatal(err)
		}
		var problems value.Errors
		var one sized
		list := strictjson.List[sized](&problems, "boxes", w.Boxes, 3)
		strictjson.Inside(&problems, "one", w.One, &one)
		if problems.Error() != c.errs {
			t.Errorf("%s: got\n%v\nwant\n%s", c.data, problems, c.errs)
		}
		if c.errs == "" && (len(list) != len(c.want) || one.n != c.one || (list == nil) != (c.want == nil)) {
			t.Errorf("%s: %v, %v", c.data, list, one)
		}
	}
}

func TestProblemsOfAListAreBounded(t *testing.T) {
	var problems value.Errors
	strictjson.List[sized](&problems, "boxes", jsontext.Value("["+strings.TrimSuffix(strings.Repeat("{},", 5000), ",")+"]"), 5000)
	if len(problems) != 1000 {
		t.Errorf("%d problems", len(problems))
	}
}

func TestRawWritesAndKeepsTheFirstError(t *testing.T) {
	var failed error
	if text := strictjson.Raw(&failed, []sized{{1}}); string(text) != `[{"n":1}]` || failed != nil {
		t.Errorf("%s, %v", text, failed)
	}
	strictjson.Raw(&failed, "\xff")
	first := failed
	strictjson.Raw(&failed, func() {})
	if first == nil || failed != first {
		t.Errorf("%v, then %v", first, failed)
	}
}

// A list or an object with too many elements is refused before anything is built.
func TestItems(t *testing.T) {
	few := strictjson.Limits{Bytes: 1 << 20, Depth: 8, Items: 3}
	for _, c := range []struct {
		data string
		want string
	}{
		{`[1,2,3]`, ""},
		{`{"a":1,"b":2,"c":3}`, ""},
		{`{"a":[[1],[2],[3]]}`, ""},
		{`[1,2,3,4]`, "more than 3 elements are too many for this list or object"},
		{`{"a":{"b":[1,2,3,4]}}`, "a.b: more than 3 elements are too many for this list or object"},
		{`{"a":{"a":1,"b":2,"c":3,"d":4}}`, "a: more than 3 elements are too many for this list or object"},
		{`{"a":[[],[],[],[]]}`, "a: more than 3 elements are too many for this list or object"},
	} {
		var v any
		err := strictjson.Decode([]byte(c.data), &v, few)
		if got := text(err); got != c.want || c.want != "" && !errors.Is(err, strictjson.Items) {
			t.Errorf("%s: %q, want %q", c.data, got, c.want)
		}
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestWhatIsEmptyIsLeftOut(t *testing.T) {
	if strictjson.Or(value.Money{}) != nil || *strictjson.Or(3) != 3 || strictjson.Of[int](nil) != 0 || strictjson.Of(new(7)) != 7 {
		t.Error("Or and Of are not each other's way back")
	}
	out, err := json.Marshal(struct {
		A *int `json:"a,omitempty"`
	}{strictjson.Or(0)})
	if err != nil || string(out) != `{}` {
		t.Errorf("%s, %v", out, err)
	}
}
