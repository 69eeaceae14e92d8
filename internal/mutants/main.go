// Command mutants measures what the corpus of vectors finds: it changes conditions of the rules, one after the other,
// and runs the corpus on each change.
//
//	go run ./internal/mutants -n 200 -seed 1
//
// All changes of a sample are compiled into one test program, which makes the one whose number is in its environment.
// The command prints which changes no vector found, and the vectors that were alone in finding one; -vectors prints
// those that found nothing.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// packages hold the rules that vectors are about.
var packages = strings.Fields("value model comp comp/timeline comp/impact comp/life stage stage/mapping registration " +
	"registration/matching escalation comms deal assess")

func main() {
	log.SetFlags(0)
	n := flag.Int("n", 200, "how many conditions to change")
	seed := flag.Uint64("seed", 1, "the sample")
	idle := flag.Bool("vectors", false, "list the vectors that found nothing")
	flag.Parse()
	dir, err := os.MkdirTemp("", "mutants")
	if err != nil {
		log.Fatal(err)
	}
	err = measure(dir, *n, *seed, *idle)
	if e := os.RemoveAll(dir); err == nil {
		err = e
	}
	if err != nil {
		log.Fatal(err)
	}
}

func measure(dir string, n int, seed uint64, idle bool) error {
	list, err := sample(packages, n, seed)
	if err != nil {
		return err
	}
	program, err := build(dir, list)
	if err != nil {
		return err
	}
	all, _, err := run(program, 0, "-test.v")
	if err != nil {
		return fmt.Errorf("the corpus fails without a change: %w", err)
	}
	found := make(map[string]int) // by vector: the changes that it found
	sole := make(map[string]int)  // those that it alone found
	killed := 0
	for _, m := range list {
		by, crashed, _ := run(program, m.id, "")
		switch {
		case len(by) == 0 && !crashed:
			fmt.Printf("not found: %s\n", m)
			continue
		case len(by) == 1:
			sole[by[0]]++
		}
		killed++
		for _, v := range by {
			found[v]++
		}
	}
	fmt.Printf("found %d of %d changes; %d of %d vectors found one, %d were alone in it\n",
		killed, len(list), len(found), len(all), len(sole))
	for _, v := range slices.Sorted(maps.Keys(sole)) {
		fmt.Printf("alone: %s, %d\n", v, sole[v])
	}
	for _, v := range all {
		if idle && found[v] == 0 {
			fmt.Printf("found nothing: %s\n", v)
		}
	}
	return nil
}

// build compiles the corpus with all changes into one program.
func build(dir string, list []*mutant) (program string, err error) {
	replace := make(map[string]string)
	write := func(path string, text string) error {
		copied := filepath.Join(dir, fmt.Sprintf("%d.go", len(replace)))
		at, err := filepath.Abs(path)
		if err != nil {
			return err
		}
		replace[at] = copied
		return os.WriteFile(copied, []byte(text), 0o600)
	}
	byFile := make(map[*source][]*mutant)
	for _, m := range list {
		byFile[m.in] = append(byFile[m.in], m)
	}
	switches := make(map[string]bool)
	for s, mutants := range byFile {
		if err := write(s.path, s.changed(mutants)); err != nil {
			return "", err
		}
		folder := filepath.Dir(s.path)
		if switches[folder] {
			continue
		}
		switches[folder] = true
		if err := write(filepath.Join(folder, "zz_mutants.go"), fmt.Sprintf(switching, s.file.Name.Name)); err != nil {
			return "", err
		}
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	at, program := filepath.Join(dir, "overlay.json"), filepath.Join(dir, "vectors.test")
	if err := os.WriteFile(at, overlay, 0o600); err != nil {
		return "", err
	}
	out, err := exec.Command("go", "test", "-c", "-overlay", at, "-o", program, "./vectors").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return program, nil
}

// switching is a file of each package that has changes.
const switching = `package %s

import "os"

var mutant = os.Getenv("COSELLING_MUTANT")

func mutated(id string) bool { return id == mutant }
`

var answered = regexp.MustCompile(`(?m)^ +--- (FAIL|PASS): TestEveryVectorHasItsAnswer/([^/\n]+/[^\n]+) \(`)

// run runs the corpus with one change, or none (0), and returns the vectors that are reported: those that failed, or
// all by -test.v. A program that crashes or does not end found the change too.
func run(program string, id int, more string) (vectors []string, crashed bool, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	args := strings.Fields("-test.run TestEveryVectorHasItsAnswer " + more)
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = "vectors"
	cmd.Env = append(os.Environ(), fmt.Sprint("COSELLING_MUTANT=", id))
	out, err := cmd.Output()
	for _, match := range answered.FindAllSubmatch(out, -1) {
		if (string(match[1]) == "FAIL") == (more == "") {
			vectors = append(vectors, string(match[2]))
		}
	}
	crashed = err != nil && (ctx.Err() != nil || !bytes.Contains(out, []byte("\nFAIL\n")) || len(vectors) == 0)
	return vectors, crashed, err
}
