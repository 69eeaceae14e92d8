package rendercheck

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

// chart is a text as Mermaid understood it.
type chart struct {
	Problem  string // why it is no chart
	Type     string
	Title    string
	Sections []string
	Tasks    []task
	Links    []string // ids of tasks that can be clicked
	Nodes    []node
	Edges    []edge
	Rules    []string // the patterns of the parser's words
}

type task struct {
	ID, Section, Name, Start, End string // End is the day after the last
	Done, Crit, Line              bool   // Line: it is a line across the chart
}

type node struct {
	ID, Label, Parent string
	Group             bool
}

type edge struct{ From, To, Label string }

// reader asks one process of Node.js for every chart of a test run.
type reader struct {
	lock sync.Mutex
	in   *json.Encoder
	out  *json.Decoder
}

const folderVariable = "COSELLING_MERMAID"

// mermaid returns the parser, one for all tests, or skips the test where no folder is
// named. The process ends with the tests: its input does.
func mermaid(t *testing.T) *reader {
	t.Helper()
	folder := os.Getenv(folderVariable)
	if folder == "" {
		t.Skip(folderVariable + " names no folder with Mermaid; see doc.go")
	}
	r, err := started()
	if err != nil {
		t.Fatalf("%s is %q: %v", folderVariable, folder, err)
	}
	return r
}

var started = sync.OnceValues(func() (*reader, error) { return start(os.Getenv(folderVariable)) })

// start runs the script in a new folder, because packages are looked for beside it.
func start(folder string) (*reader, error) {
	dir, err := os.MkdirTemp("", "rendercheck")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	script, err := os.ReadFile(filepath.Join("mermaid", "read.mjs"))
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "read.mjs"), script, 0o644)
	}
	if err != nil {
		return nil, err
	}
	packages, err := filepath.Abs(filepath.Join(folder, "node_modules"))
	if err != nil {
		return nil, err
	}
	if err := os.Symlink(packages, filepath.Join(dir, "node_modules")); err != nil {
		return nil, err
	}
	node := exec.Command("node", "read.mjs")
	node.Dir, node.Stderr = dir, os.Stderr
	node.Env = append(os.Environ(), "TZ=UTC")
	in, err := node.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := node.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := node.Start(); err != nil {
		return nil, err
	}
	r := &reader{in: json.NewEncoder(in), out: json.NewDecoder(bufio.NewReader(out))}
	_, err = r.ask("gantt\n") // by the answer it has loaded everything
	return r, err
}

// read returns what Mermaid understands of a text, which has to be a chart.
func (r *reader) read(t rapid.TB, text string) chart {
	t.Helper()
	c, err := r.ask(text)
	if err != nil {
		t.Fatal(err)
	}
	if c.Problem != "" {
		t.Fatalf("Mermaid refuses it: %s\n%s", c.Problem, text)
	}
	return c
}

func (r *reader) ask(text string) (chart, error) {
	r.lock.Lock()
	defer r.lock.Unlock()
	if err := r.in.Encode(text); err != nil {
		return chart{}, err
	}
	var c chart
	err := r.out.Decode(&c)
	return c, err
}

// The test shows that the parser refuses anything at all.
func TestMermaidRefusesOtherTexts(t *testing.T) {
	r := mermaid(t)
	for _, text := range []string{
		"", "hello", "gantt\n    title x\n    dateFormat YYYY-MM-DD\n    a b\n", "stateDiagram-v2\n    state \"a\n", "stateDiagram-v2\n    state a {\n",
		"gantt\n    title #60;b#62;<b>x</b>\n",
	} {
		if c, err := r.ask(text); err != nil || c.Problem == "" {
			t.Errorf("%q is read as %+v, %v", text, c, err)
		}
	}
}
