package vectors_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/value"
)

// corpus is one file of the corpus: the vectors of one rule.
type corpus struct {
	Version int      `json:"version"`
	Rule    string   `json:"rule"`
	Vectors []vector `json:"vectors"`
}

// vector is one question with its answer. README.md says what each member means.
type vector struct {
	Name    string          `json:"name"`
	Kind    string          `json:"kind"`
	Level   string          `json:"level"`
	Shows   string          `json:"shows"`
	Source  string          `json:"source"`
	Checked string          `json:"checked"`
	Input   json.RawMessage `json:"input"`
	Want    json.RawMessage `json:"want"`
}

// terms are the words that a corpus may use. They stand in the schema and nowhere else.
type terms struct {
	version               int
	rules, levels, kinds  []string
	shows, requiredOfEach []string
}

func known(t testing.TB) terms {
	t.Helper()
	var schema struct {
		Properties struct {
			Version struct{ Const int }
			Rule    struct{ Enum []string }
		}
		Defs struct {
			Vector struct {
				Required   []string
				Properties map[string]struct{ Enum []string }
			}
		} `json:"$defs"`
	}
	if err := json.Unmarshal(file(t, "vectors.schema.json"), &schema); err != nil {
		t.Fatal(err)
	}
	of := schema.Defs.Vector.Properties
	return terms{schema.Properties.Version.Const, schema.Properties.Rule.Enum, of["level"].Enum, of["kind"].Enum,
		of["shows"].Enum, schema.Defs.Vector.Required}
}

func file(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// parse reads one file of the corpus, and refuses every word that is not known, all of them at once.
func (k terms) parse(data []byte) (corpus, error) {
	var c corpus
	if err := strict(data, &c); err != nil {
		return corpus{}, err
	}
	var problems value.Errors
	if c.Version != k.version {
		problems.Refuse("version", "vectors.version", fmt.Sprint(c.Version), fmt.Sprint("must be ", k.version))
	}
	one := func(path string, list []string, got string) {
		if !slices.Contains(list, got) {
			problems.Refuse(path, "vectors.unknown", got, "must be one of "+strings.Join(list, ", "))
		}
	}
	one("rule", k.rules, c.Rule)
	names := make(map[string]bool)
	for i, v := range c.Vectors {
		at := value.Index("vectors", i)
		one(at+".level", k.levels, v.Level)
		one(at+".kind", k.kinds, v.Kind)
		one(at+".shows", k.shows, v.Shows)
		if v.Name == "" || names[v.Name] {
			problems.Refuse(at+".name", "vectors.name", v.Name, "must be a name of its own")
		}
		names[v.Name] = true
		if len(v.Source) < 20 || len(v.Checked) < 4 {
			problems.Refuse(at, "vectors.source", v.Name, "must say where its answer is from and how it was checked")
		}
	}
	return c, problems.Err()
}

// strict reads JSON without unknown members and without text after it.
func strict(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("text after the document: %v", err)
	}
	return nil
}

// all reads the corpus, by rule.
func all(t testing.TB) map[string]corpus {
	t.Helper()
	k, list := known(t), make(map[string]corpus)
	paths, err := filepath.Glob("*.*.json")
	if err != nil || len(paths) == 0 {
		t.Fatal(paths, err)
	}
	for _, path := range paths {
		if path == "vectors.schema.json" {
			continue
		}
		c, err := k.parse(file(t, path))
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if path != c.Rule+".json" {
			t.Errorf("%s is not named for its rule %s", path, c.Rule)
		}
		list[c.Rule] = c
	}
	return list
}

func TestEveryVectorHasItsAnswer(t *testing.T) {
	list := all(t)
	for _, rule := range slices.Sorted(maps.Keys(list)) {
		t.Run(rule, func(t *testing.T) {
			for _, v := range list[rule].Vectors {
				t.Run(v.Name, func(t *testing.T) { v.run(t) })
			}
		})
	}
}

// run asks the question of a vector. An answer that panics fails it alone.
func (v vector) run(t *testing.T) {
	defer func() {
		if r := recover(); r != nil {
			t.Errorf("panic: %v", r)
		}
	}()
	run, ok := kinds[v.Kind]
	if !ok {
		t.Fatalf("no runner for the kind %s", v.Kind)
	}
	answer, err := run(v.Input)
	if err != nil {
		if !strings.Contains(string(v.Want), `"errors"`) {
			t.Error(err)
		}
		answer = map[string]any{"errors": problems(err)}
	}
	data, err := json.Marshal(answer)
	if err != nil {
		t.Fatal(err)
	}
	for _, difference := range differences(plain(t, v.Want), plain(t, data)) {
		t.Error(difference)
	}
	if t.Failed() {
		t.Logf("ANSWER %s", data)
	}
}

// problem is one refusal in the form in which vectors state it.
type problem struct {
	Code value.Code `json:"code"`
	Path string     `json:"path,omitempty"`
	Text string     `json:"text"`
}

// problems lists the coded errors of err, in their order.
func problems(err error) []problem {
	var list value.Errors
	if l, ok := errors.AsType[value.Errors](err); ok {
		list = l
	} else if one, ok := errors.AsType[*value.Error](err); ok {
		list = value.Errors{one}
	} else {
		return []problem{{Code: "uncoded", Text: err.Error()}}
	}
	var out []problem
	for _, e := range list {
		out = append(out, problem{e.Code, e.Path, e.Error()})
	}
	return out
}

// Each rule has a vector that it holds in and one that it fails in.
func TestEveryRuleHoldsAndFails(t *testing.T) {
	list := all(t)
	for _, rule := range known(t).rules {
		for _, shows := range known(t).shows {
			if !slices.ContainsFunc(list[rule].Vectors, func(v vector) bool { return v.Shows == shows }) {
				t.Errorf("%s: no vector shows that it %s", rule, shows)
			}
		}
	}
}

func TestUnknownWordsAreRefused(t *testing.T) {
	k := known(t)
	good := `{"version": 1, "rule": "comp.split", "vectors": [{"name": "a", "kind": "pay", "level": "must", ` +
		`"shows": "holds", "source": "comp.split: both are paid in full", "checked": "by hand", "input": {}, "want": {}}]}`
	if _, err := k.parse([]byte(good)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ old, new, code, path string }{
		{`"version": 1`, `"version": 2`, "vectors.version", "version"},
		{`"comp.split", "vectors"`, `"comp.splits", "vectors"`, "vectors.unknown", "rule"},
		{`"must"`, `"may"`, "vectors.unknown", "vectors[0].level"},
		{`"pay"`, `"sing"`, "vectors.unknown", "vectors[0].kind"},
		{`"holds"`, `"stands"`, "vectors.unknown", "vectors[0].shows"},
		{`"name": "a"`, `"name": ""`, "vectors.name", "vectors[0].name"},
		{`"by hand"`, `""`, "vectors.source", "vectors[0]"},
	} {
		_, err := k.parse([]byte(strings.Replace(good, c.old, c.new, 1)))
		if got := problems(err); len(got) != 1 || string(got[0].Code) != c.code || got[0].Path != c.path {
			t.Errorf("%s: %v", c.new, err)
		}
	}
	both := strings.Replace(strings.Replace(good, `"must"`, `"may"`, 1), `"version": 1`, `"version": 7`, 1)
	if _, err := k.parse([]byte(both)); err == nil || len(problems(err)) != 2 {
		t.Errorf("two problems: %v", err)
	}
	for _, text := range []string{good + "{}", strings.Replace(good, `"want"`, `"wanted"`, 1), good[1:], ""} {
		if _, err := k.parse([]byte(text)); err == nil {
			t.Errorf("taken: %s", text)
		}
	}
}

// What a vector of money pays can be taken back, and the vector says how: its question asks for the reversal, and its
// answer has it and what it leaves.
func TestMoneyHasItsReversal(t *testing.T) {
	for rule, c := range all(t) {
		for _, v := range c.Vectors {
			var in struct {
				Bookings  []struct{ Closed value.Date }
				ReverseOn value.Date `json:"reverse_on"`
			}
			var want map[string]json.RawMessage
			if err := errors.Join(json.Unmarshal(v.Input, &in), json.Unmarshal(v.Want, &want)); err != nil {
				t.Fatal(rule, v.Name, err)
			}
			has := func(member string) bool { _, ok := want[member]; return ok }
			paid := len(in.Bookings) > 0 && !in.Bookings[0].Closed.IsZero() // an open booking pays nothing yet
			switch {
			case has("errors"):
			case v.Kind == "divide" && !has("reversal"),
				v.Kind == "pay" && paid && (in.ReverseOn.IsZero() || !has("reversal") || !has("net")):
				t.Errorf("%s/%s pays and does not say what its reversal is", rule, v.Name)
			}
		}
	}
}
