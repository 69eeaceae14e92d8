package vectors_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

var (
	questions  = flag.Int("questions", 2000, "the random questions that the library and the oracle answer")
	oracleSeed = flag.Uint64("oracleseed", 1, "the seed of the random questions; 0 takes another one each time")
)

// python returns a command of the oracle. Without Python the test is skipped; with COSELLING_NEED_PYTHON=1 it fails.
func python(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	path, err := exec.LookPath("python3")
	if err != nil {
		if os.Getenv("COSELLING_NEED_PYTHON") == "1" {
			t.Fatal("there is no python3, and COSELLING_NEED_PYTHON=1 says that there must be")
		}
		t.Skip("there is no python3")
	}
	return exec.CommandContext(t.Context(), path, args...)
}

func TestOracleAgreesWithTheCorpus(t *testing.T) {
	out, err := python(t, "oracle/run.py").CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Error(err)
	}
}

func TestOracleKnowsTheExamplesOfTheRules(t *testing.T) {
	if out, err := python(t, "-B", "-m", "unittest", "discover", "oracle").CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// asked is a random question about money or about who was first.
type asked struct {
	Kind  string `json:"kind"`
	Input object `json:"input"`
}

// Two readings of the rules, by people who did not see each other's code, give the same answers to random questions.
// Of input that is refused only the codes are compared.
func TestOracleAgreesOnRandomQuestions(t *testing.T) {
	run := python(t, "oracle/run.py", "--stdin")
	seed := *oracleSeed
	if seed == 0 {
		seed = rand.Uint64()
	}
	t.Logf("go test ./vectors -run RandomQuestions -questions %d -oracleseed %d asks the same again", *questions, seed)
	d := draw{rand.New(rand.NewPCG(seed, 0))}
	var (
		list  []asked
		lines bytes.Buffer
	)
	for range *questions {
		q := d.question()
		list = append(list, q)
		if err := json.NewEncoder(&lines).Encode(q); err != nil {
			t.Fatal(err)
		}
	}
	var problems strings.Builder
	run.Stdin, run.Stderr = &lines, &problems
	out, err := run.Output()
	answers := bytes.Split(bytes.TrimSpace(out), []byte("\n"))
	if err != nil || len(answers) != len(list) {
		t.Fatalf("%d answers to %d questions: %v\n%s", len(answers), len(list), err, problems.String())
	}
	tally, wrong := make(map[string]int), 0
	for i, q := range list {
		if !q.agrees(t, answers[i], tally) {
			wrong++
		}
		if wrong == 10 {
			t.Fatalf("%d of %d questions have two answers; the others are not compared", wrong, i+1)
		}
	}
	t.Log(tally)
	for _, kind := range []string{"pay", "pay refused", "register", "divide", "divide refused",
		"read", "read refused"} {
		if tally[kind] < *questions/200 {
			t.Errorf("%s: %d of %d questions; nothing is proved", kind, tally[kind], *questions)
		}
	}
}

// agrees compares the answer of the oracle with that of the library, and counts it by its kind.
func (q asked) agrees(t *testing.T, answer []byte, tally map[string]int) bool {
	t.Helper()
	input, err := json.Marshal(q.Input)
	if err != nil {
		t.Fatal(err)
	}
	got, err := kinds[q.Kind](input)
	if err != nil {
		got = object{"errors": problems(err)}
	}
	ours, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	want, have := codesAlone(plain(t, answer)), codesAlone(plain(t, ours))
	whole, ok := want.(object)
	if !ok || whole["unsupported"] != nil {
		t.Errorf("the oracle cannot answer %s: %s", input, answer)
		return false
	}
	kind := q.Kind
	if codes, ok := whole["errors"].(string); ok {
		kind += " refused"
		if have, ok := have.(object)["errors"].(string); ok && oneDefect(codes, have) {
			whole["errors"] = have
		}
	} else {
		whole["errors"] = nil
	}
	tally[kind]++
	for _, side := range []string{"acts", "answers"} {
		answers, _ := whole[side].([]any)
		for _, a := range answers {
			whole := a.(object)
			for _, name := range []string{"reasons", "held", "due", "until", "active", "accepted", "errors"} {
				if _, ok := whole[name]; !ok {
					whole[name] = nil // what the oracle does not say, the library does not say either
				}
			}
		}
	}
	found := differences(want, have)
	for _, difference := range found {
		t.Error(difference)
	}
	if len(found) > 0 {
		t.Logf("QUESTION %s %s\nORACLE %s\nLIBRARY %s", q.Kind, input, answer, ours)
	}
	return len(found) == 0
}

// oneDefect reports whether two lists of codes are about one defect: what one of them names, the other names too. The
// rules leave open which of its consequences are named besides.
func oneDefect(a, b string) bool {
	shorter, longer := strings.Split(a, ", "), strings.Split(b, ", ")
	if len(shorter) > len(longer) {
		shorter, longer = longer, shorter
	}
	return !slices.ContainsFunc(shorter, func(code string) bool { return !slices.Contains(longer, code) })
}

// codesAlone takes out what is not compared: of refused input all but its codes, sorted, and the particulars of
// reasons.
func codesAlone(v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = codesAlone(v[i])
		}
	case object:
		delete(v, "operands")
		for name, member := range v {
			v[name] = codesAlone(member)
		}
		if list, ok := v["errors"].([]any); ok {
			codes := make(map[string]bool)
			for _, e := range list {
				codes[e.(object)["code"].(string)] = true
			}
			v["errors"] = strings.Join(slices.Sorted(maps.Keys(codes)), ", ")
		}
	}
	return v
}
