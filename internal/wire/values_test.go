package wire_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
	"github.com/google/go-cmp/cmp"
)

func TestCheckReportsWhatReadingWould(t *testing.T) {
	sound := document{Name: "n", Rates: map[string]rate{"r": {}}, Items: []item{{ID: "a"}}}
	for name, c := range map[string]struct {
		change func(*document)
		want   string
	}{
		"nothing wrong":    {func(*document) {}, ""},
		"range":            {func(d *document) { d.Count = 6 }, "count test.count"},
		"text":             {func(d *document) { d.Note = "123456789" }, "note fact.text"},
		"text of no UTF-8": {func(d *document) { d.Items[0].ID = "\xff" }, "items[0].id fact.text"},
		"list":             {func(d *document) { d.Items = make([]item, 6); d.Items[0].ID = "\xff" }, "items fact.excess"},
		"inside a unique":  {func(d *document) { d.Tags = []string{"a", "a", "\xff"} }, "tags[1] list.twice, tags[2] fact.text"},
		"unique":           {func(d *document) { d.Tags = []string{"a", "b", "b"} }, "tags[2] list.twice"},
		"table":            {func(d *document) { d.Rates = map[string]rate{"": {[]tier{{"\xff"}}}} }, `rates."" fact.id, rates."".tiers[0].from fact.text`},
		"amount":           {func(d *document) { d.Price = value.MustMoney("-1.00 USD") }, "price fact.range"},
		"part":             {func(d *document) { d.Rate = value.MustPercent("101%") }, "rate percent.above"},
		"enumeration":      {func(d *document) { d.Side = 3 }, "side side.unknown"},
		"instant":          {func(d *document) { d.At = time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC) }, "at fact.instant"},
		"duration":         {func(d *document) { d.Wait = time.Millisecond }, "wait fact.range"},
		"inside":           {func(d *document) { d.Inside.ID = strings.Repeat("x", 17) }, "id fact.id"},
		"key":              {func(d *document) { d.Shares = map[string]box{strings.Repeat("k", 5000): {}} }, `shares."` + strings.Repeat("k", 64) + `"… fact.text`},
	} {
		d := wire.Clone(sound)
		c.change(&d)
		var list value.Errors
		list.Add("", wire.Check(&d))
		var got []string
		for _, e := range list {
			got = append(got, e.Path+" "+string(e.Code))
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %s, want %s", name, strings.Join(got, ", "), c.want)
		}
		readable(t, list.Err())
		var back document
		text, err := wire.Marshal(&d)
		if err == nil {
			err = wire.Unmarshal(text, 1<<20, &back)
		}
		if same := err == nil && wire.Compare(&back, &d) == 0; same != (c.want == "") {
			t.Errorf("%s: Check says %v, and reading what is written %v", name, list, err)
		}
	}
}

func TestValuesThatAreNotSetAreRefusedInMemory(t *testing.T) {
	type strict struct {
		At   time.Time  `json:"at" wire:"needed,set"`
		Side model.Side `json:"side,omitzero" wire:"set,code=test.side"`
	}
	err := wire.Check(&strict{})
	if !errors.Is(err, wire.Missing) || !errors.Is(err, value.Code("test.side")) {
		t.Error(err)
	}
	if want := "at: nothing stands here; the value is needed\nside: nothing is given; allowed are partner, vendor"; err.Error() != want {
		t.Errorf("%v", err)
	}
	if err, want := wire.Check(&strict{time.Unix(0, 0), 3}), `side: "number 3" is not known; allowed are partner, vendor`; err == nil || err.Error() != want {
		t.Errorf("%v", err)
	}
	if err := wire.Check(&strict{time.Unix(0, 0), model.Vendor}); err != nil {
		t.Error(err)
	}
}

// hollow is zero where its text is empty, whatever its other fields hold.
type hollow struct{ says []string }

func (h hollow) IsZero() bool                        { return len(h.says) == 0 }
func (h hollow) AppendJSON(b []byte) ([]byte, error) { return append(b, `"says"`...), nil }

func TestIsZeroDecidesWhetherAMemberIsAbsent(t *testing.T) {
	type holder struct {
		Part hollow `json:"part,omitzero"`
	}
	for text, part := range map[string]hollow{`{}`: {[]string{}}, `{"part":"says"}`: {[]string{""}}} {
		if got, err := wire.Marshal(&holder{part}); err != nil || string(got) != text {
			t.Errorf("%s, %v, want %s", got, err, text)
		}
	}
}

func TestTextThatIsNotUTF8IsNotWritten(t *testing.T) {
	for _, d := range []document{{Name: "\xff"}, {Rates: map[string]rate{"\xff": {}}}, {Items: []item{{ID: "\xc3"}}}} {
		if text, err := wire.Marshal(&d); err == nil {
			t.Errorf("%q is written", text)
		}
	}
}

// anyDocument draws a document; small lists and few names, so that draws collide.
func anyDocument() *rapid.Generator[document] {
	name := rapid.SampledFrom([]string{"", "a", "b", "ab", "größe", `"`, "\n", "0"})
	id := rapid.SampledFrom([]string{"a", "b", "\u2028"})
	return rapid.Custom(func(t *rapid.T) document {
		d := document{
			Name: name.Draw(t, "name"), Count: rapid.IntRange(-5, 5).Draw(t, "count"), Tags: rapid.SliceOfNDistinct(name, 0, 3, rapid.ID[string]).Draw(t, "tags"),
			Note: name.Draw(t, "note"), Side: model.Side(rapid.IntRange(0, 2).Draw(t, "side")), Box: box{rapid.Bool().Draw(t, "flag")},
			Rates: map[string]rate{},
		}
		for range rapid.IntRange(0, 2).Draw(t, "rates") {
			d.Rates[id.Draw(t, "key")] = rate{rapid.SliceOfN(rapid.Map(name, func(s string) tier { return tier{s} }), 1, 2).Draw(t, "tiers")}
		}
		if rapid.Bool().Draw(t, "more") {
			d.Items = []item{{name.Draw(t, "id"), value.MustPercent("1%")}}
			d.At, d.Wait, d.Day = time.Unix(rapid.Int64Range(0, 3).Draw(t, "at"), 5).UTC(), time.Duration(rapid.IntRange(1, 4000).Draw(t, "wait"))*time.Second, value.MustDate("2026-11-22")
			d.Price, d.Extra, d.Inside.ID = value.MustMoney("3.10 EUR"), &box{rapid.Bool().Draw(t, "extra")}, id.Draw(t, "inside")
			d.Groups = map[string][]int{name.Draw(t, "group"): {1, 2}}
		}
		if len(d.Tags) == 0 {
			d.Tags = nil
		}
		return d
	})
}

func TestDocumentIsReadBackAsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDocument().Draw(t, "document")
		text, err := wire.Marshal(&d)
		if err != nil {
			t.Fatal(err)
		}
		var back document
		err = wire.Unmarshal(text, 1<<20, &back)
		if diff := cmp.Diff(d, back, everyField); err != nil || diff != "" {
			t.Fatalf("%s: %v (- written, + read)\n%s", text, err, diff)
		}
		if again, err := wire.Append([]byte("x"), &back); err != nil || string(again) != "x"+string(text) {
			t.Fatalf("%s became %s, %v", text, again, err)
		}
	})
}

// Two values are equal exactly where they have one form.
func TestCompareIsATotalOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(anyDocument(), 3, 3).Draw(t, "documents")
		a, b, c := &list[0], &list[1], &list[2]
		one, _ := wire.Marshal(a)
		two, _ := wire.Marshal(b)
		if order := wire.Compare(a, b); order != -wire.Compare(b, a) || (order == 0) != (string(one) == string(two)) {
			t.Fatalf("%s and %s: %d", one, two, order)
		}
		if wire.Compare(a, b) <= 0 && wire.Compare(b, c) <= 0 && wire.Compare(a, c) > 0 {
			t.Fatalf("no order of %+v", list)
		}
	})
}

func TestCompareGoesByTheMembersInOrder(t *testing.T) {
	ordered := []document{
		{}, {At: time.Unix(1, 0)}, {Wait: 1}, {Note: "a"}, {Note: "b"}, {Box: box{true}}, {Items: []item{{}}}, {Items: []item{{}, {}}}, {Items: []item{{ID: "a"}}},
		{Tags: []string{"a"}}, {Tags: []string{"b"}}, {Count: -1}, {Count: 1}, {Name: "a"}, {Outer: Outer{Inner{"a"}}},
	}
	ordered[0], ordered[11] = ordered[11], ordered[0] // below zero comes before zero
	sorted := slices.Clone(ordered)
	slices.SortStableFunc(sorted, func(a, b document) int { return wire.Compare(&a, &b) })
	if wire.Compare(&sorted[0], &ordered[0]) != 0 || wire.Compare(&sorted[len(sorted)-1], &ordered[len(ordered)-1]) != 0 {
		t.Errorf("sorted to %+v", sorted)
	}
	for i := range sorted[1:] {
		if wire.Compare(&sorted[i], &sorted[i+1]) > 0 {
			t.Errorf("%+v comes before %+v", sorted[i], sorted[i+1])
		}
	}
}

// CASES R3: a copy shares no list, table or pointer.
func TestCloneSharesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDocument().Draw(t, "document")
		want, _ := wire.Marshal(&d)
		c := wire.Clone(d)
		if diff := cmp.Diff(d, c, everyField); diff != "" {
			t.Fatalf("(- original, + copy)\n%s", diff)
		}
		for i := range c.Tags {
			c.Tags[i] = "changed"
		}
		for i := range c.Items {
			c.Items[i].ID = "changed"
		}
		for key, r := range c.Rates {
			r.Tiers[0].From = "changed"
			c.Rates[key+"!"] = r
		}
		for _, list := range c.Groups {
			list[0] = 7
		}
		if c.Extra != nil {
			c.Extra.Flag = !c.Extra.Flag
		}
		if got, _ := wire.Marshal(&d); string(got) != string(want) {
			t.Fatalf("%s became %s", want, got)
		}
	})
}

func TestBadTagsAreErrorsAndNeverPanics(t *testing.T) {
	type word struct {
		A int `json:"a" wire:"need"`
	}
	type span struct {
		A int `json:"a" wire:"1..x"`
	}
	type nameless struct {
		A int `json:"a"`
		B int
	}
	type twice struct {
		A  int `json:"a"`
		In struct {
			A int `json:"a"`
		} `json:",inline"`
	}
	type strange struct {
		A func() `json:"a"`
	}
	type keyed struct {
		A map[int]string `json:"a"`
	}
	wantTag(t, &word{})
	wantTag(t, &span{})
	wantTag(t, &nameless{})
	wantTag(t, &twice{})
	wantTag(t, &strange{})
	wantTag(t, &keyed{})
}

func wantTag[T any](t *testing.T, v *T) {
	t.Helper()
	_, written := wire.Marshal(v)
	for verb, err := range map[string]error{"Unmarshal": wire.Unmarshal([]byte("{}"), 100, v), "Marshal": written, "Check": wire.Check(v)} {
		if !errors.Is(err, wire.Tag) {
			t.Errorf("%s of %T: %v", verb, *v, err)
		}
	}
	_, _ = wire.Compare(v, v), wire.Clone(*v)
}

// A type that contains itself has a plan, and lists of any depth are read.
func TestTypesMayContainThemselves(t *testing.T) {
	type node struct {
		ID   string `json:"id" wire:"needed"`
		Next []node `json:"next,omitzero"`
	}
	var n node
	const text = `{"id":"a","next":[{"id":"b","next":[{"id":"c"}]}]}`
	if err := wire.Unmarshal([]byte(text), 100, &n); err != nil || n.Next[0].Next[0].ID != "c" {
		t.Errorf("%+v, %v", n, err)
	}
	if got, err := wire.Marshal(&n); err != nil || string(got) != text {
		t.Errorf("%s, %v", got, err)
	}
	if err := wire.Unmarshal([]byte(`{"id":"a","next":[{"next":[{}]}]}`), 100, &n); err == nil || err.Error() != "next[0].next[0].id: nothing stands here; the member is needed\nnext[0].id: nothing stands here; the member is needed" {
		t.Error(err)
	}
}

func TestALengthOfTimeHasBoundsInWholeSeconds(t *testing.T) {
	type strict struct {
		Every time.Duration `json:"every" wire:"needed,1..5400,code=test.every"`
		Least time.Duration `json:"least,omitzero" wire:"60.."`
	}
	for text, want := range map[string]string{
		`{"every":"1s","least":"2562047h"}`: "",
		`{"every":"1h30m","least":"1m"}`:    "",
		`{"every":"0s"}`:                    "every: 0s is outside 1s to 1h30m, or not in whole seconds",
		`{"every":"1h30m1s","least":"59s"}`: "every: 1h30m1s is outside 1s to 1h30m, or not in whole seconds\n" +
			"least: 59s is outside 1m to 2562047h47m16s, or not in whole seconds",
	} {
		_, err := wire.Read[strict]([]byte(text), 1<<10)
		if want == "" && err != nil || want != "" && (err == nil || err.Error() != want || !errors.Is(err, value.Code("test.every"))) {
			t.Errorf("%s: %v", text, err)
		}
	}
	for _, every := range []time.Duration{0, -time.Second, time.Millisecond, time.Second + 1} {
		if err := wire.Check(&strict{Every: every}); !errors.Is(err, value.Code("test.every")) {
			t.Errorf("%s: %v", every, err)
		}
	}
	if text := wire.FormatDuration(90*time.Minute) + " " + wire.FormatDuration(-time.Second); text != "1h30m -1s" {
		t.Error(text)
	}
}

// Members of an object are found, copied and cleared by their names; none of an optional struct is needed.
func TestMembersOfAnObject(t *testing.T) {
	type edit struct {
		Document document `json:",inline" wire:"optional"`
	}
	sound := edit{document{Name: "n", Wait: time.Second, Tags: []string{}}}
	if got := strings.Join(wire.Present(&sound), " "); got != "name wait" {
		t.Errorf("the members are %s", got)
	}
	read, err := wire.Read[edit]([]byte(`{"name":"n","wait":"1s"}`), 100)
	if err != nil || wire.Compare(&read, &sound) != 0 {
		t.Errorf("%+v: %v", read, err)
	}
	into := document{Name: "m", Count: 3, Wait: time.Hour}
	wire.Merge(&into, &sound.Document)
	if into.Name != "n" || into.Count != 3 || into.Wait != time.Second {
		t.Errorf("merged to %+v", into)
	}
	for name, want := range map[string]bool{"wait": true, "name": false, "Wait": false} {
		if got := wire.Clear(&into, name); got != want {
			t.Errorf("%s is cleared: %t", name, got)
		}
	}
	if into.Wait != 0 || into.Name != "n" {
		t.Errorf("cleared to %+v", into)
	}
	into.Tags, into.Items = make([]string, 4), make([]item, 5)
	if err := wire.CheckCounts(&into); err == nil || err.Error() != "tags: 4 are more than the limit, which is 3" {
		t.Error(err)
	}
}

func TestAMemberIsSetByItsPath(t *testing.T) {
	type inner struct {
		Name string   `json:"name" wire:"..4"`
		List []string `json:"list,omitzero"`
	}
	type outer struct {
		Items []inner  `json:"items,omitzero"`
		Maybe *inner   `json:"maybe,omitzero"`
		Flag  bool     `json:"flag,omitzero"`
		Day   []string `json:"day,omitzero"`
	}
	var v outer
	for _, set := range [][2]string{{"items[0].name", `"a"`}, {"items[0].list[0]", `"b"`}, {"items[1].name", `"c"`},
		{"flag", "true"}, {"items[0].name", `"d"`}, {"maybe", `{"name":"e"}`}} {
		if err := wire.Set(&v, set[0], []byte(set[1])); err != nil {
			t.Errorf("%s: %v", set[0], err)
		}
	}
	const want = `{"items":[{"name":"d","list":["b"]},{"name":"c"}],"maybe":{"name":"e"},"flag":true}`
	if got, err := wire.Marshal(&v); err != nil || string(got) != want {
		t.Errorf("%s %v, want %s", got, err, want)
	}
	for path, data := range map[string]string{"none": `"a"`, "items[5].name": `"a"`, "items[-1].name": `"a"`,
		"items.name": `"a"`, "flag[0]": `"a"`, "flag": `"a"`, "items[0].name": `{`, "maybe.name": `"a"`, "": `[]`} {
		if err := wire.Set(&v, path, []byte(data)); err == nil {
			t.Errorf("%s takes %s", path, data)
		}
	}
	if got, err := wire.Marshal(&v); err != nil || string(got) != want {
		t.Errorf("after errors %s %v, want %s", got, err, want)
	}
}
