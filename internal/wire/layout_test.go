package wire_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/internal/wire"
)

func TestFormatBreaksLongLines(t *testing.T) {
	words := make([]string, 60)
	for i := range words {
		words[i] = fmt.Sprintf("%q", "word"+fmt.Sprint(i))
	}
	long := strings.Repeat("x", 176)
	for _, c := range []struct{ compact, want string }{
		{`{}`, "{}\n"},
		{`[]`, "[]\n"},
		{`"a"`, "\"a\"\n"},
		{`{"a":1,"b":[true,null]}`, "{\"a\": 1, \"b\": [true, null]}\n"},
		{`{"a":{"b":1},"c":"` + long + `"}`, "{\n  \"a\": {\"b\": 1},\n  \"c\": \"" + long + "\"\n}\n"},
		{`[1,"` + long + `",{"a":"` + long + `"}]`, "[\n  1, \"" + long + "\",\n  {\n    \"a\": \"" + long + "\"\n  }\n]\n"},
	} {
		got, err := wire.Format([]byte(c.compact))
		if err != nil || string(got) != c.want {
			t.Errorf("%.40s: %v\n%s\nwant\n%s", c.compact, err, got, c.want)
		}
	}
	got, err := wire.Format([]byte("[" + strings.Join(words, ",") + "]"))
	if lines := strings.Split(string(got), "\n"); err != nil || len(lines) < 6 || len(lines) > 12 {
		t.Errorf("texts do not fill lines: %v\n%s", err, got)
	}
	for _, bad := range []string{"", "{", `{"a":}`, "[" + strings.Repeat("x", 200) + "]"} {
		if got, err := wire.Format([]byte(bad)); err == nil {
			t.Errorf("%.20q is laid out as %s", bad, got)
		}
	}
}

func TestFormatAddsOnlySpace(t *testing.T) {
	anyValue := rapid.Custom(func(t *rapid.T) any { return draw(t, 4) })
	rapid.Check(t, func(t *rapid.T) {
		compact, err := json.Marshal(anyValue.Draw(t, "value"))
		if err != nil {
			t.Fatal(err)
		}
		out, err := wire.Format(compact)
		if err != nil {
			t.Fatal(err)
		}
		var back bytes.Buffer
		if err := json.Compact(&back, out); err != nil || !bytes.Equal(back.Bytes(), compact) {
			t.Fatalf("%v\n%s\nof %s", err, out, compact)
		}
		if again, err := wire.Format(compact); err != nil || !bytes.Equal(again, out) {
			t.Fatal("not stable")
		}
	})
}

func draw(t *rapid.T, depth int) any {
	most := 3
	if depth == 0 {
		most = 1
	}
	switch rapid.IntRange(0, most).Draw(t, "kind") {
	case 0:
		return rapid.StringN(0, 60, -1).Draw(t, "text")
	case 1:
		return rapid.Int().Draw(t, "number")
	case 2:
		list := make([]any, rapid.IntRange(0, 12).Draw(t, "length"))
		for i := range list {
			list[i] = draw(t, depth-1)
		}
		return list
	default:
		object := map[string]any{}
		for range rapid.IntRange(0, 6).Draw(t, "members") {
			object[rapid.StringN(0, 10, -1).Draw(t, "name")] = draw(t, depth-1)
		}
		return object
	}
}
