package rendercheck

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// chart is what Mermaid understood of a text.
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
	Done, Crit                    bool
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

// mermaid starts the parser, or skips the test where no folder is named.
func mermaid(t *testing.T) *reader {
	t.Helper()
	folder := os.Getenv(folderVariable)
	if folder == "" {
		t.Skip(folderVariable + " names no folder with Mermaid; see doc.go")
	}
	script, err := os.ReadFile(filepath.Join("mermaid", "read.mjs"))
	if err != nil {
		t.Fatal(err)
	}
	// Packages are looked for beside the script.
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "read.mjs"), script, 0o644); err != nil {
		t.Fatal(err)
	}
	packages, err := filepath.Abs(filepath.Join(folder, "node_modules"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(packages, filepath.Join(dir, "node_modules")); err != nil {
		t.Fatal(err)
	}
	node := exec.Command("node", "read.mjs")
	node.Dir, node.Stderr, node.WaitDelay = dir, os.Stderr, 10*time.Second
	node.Env = append(os.Environ(), "TZ=UTC")
	in, err := node.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := node.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := node.Start(); err != nil {
		t.Fatalf("%s is set: %v", folderVariable, err)
	}
	t.Cleanup(func() {
		in.Close()
		if err := node.Wait(); err != nil {
			t.Log("node:", err)
		}
	})
	return &reader{in: json.NewEncoder(in), out: json.NewDecoder(bufio.NewReader(out))}
}

// read returns what Mermaid understands of a text, which has to be a chart.
func (r *reader) read(t rapid.TB, text string) chart {
	t.Helper()
	c := r.ask(t, text)
	if c.Problem != "" {
		t.Fatalf("Mermaid refuses it: %s\n%s", c.Problem, text)
	}
	return c
}

func (r *reader) ask(t rapid.TB, text string) chart {
	t.Helper()
	r.lock.Lock()
	defer r.lock.Unlock()
	if err := r.in.Encode(text); err != nil {
		t.Fatal(err)
	}
	var c chart
	if err := r.out.Decode(&c); err != nil {
		t.Fatal(err)
	}
	return c
}

// A check that reads anything as a chart would prove nothing.
func TestMermaidRefusesWhatIsNoChart(t *testing.T) {
	r := mermaid(t)
	for _, text := range []string{
		"", "hello", "gantt\n    title x\n    dateFormat YYYY-MM-DD\n    a b\n", "stateDiagram-v2\n    state \"a\n", "stateDiagram-v2\n    state a {\n",
		"gantt\n    title #60;b#62;<b>x</b>\n",
	} {
		if c := r.ask(t, text); c.Problem == "" {
			t.Errorf("%q is read as %+v", text, c)
		}
	}
}
