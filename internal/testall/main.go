// Testall runs the tests of every module in the repository. From its root:
//
//	go run ./internal/testall -race -shuffle=on
//
// It tests two modules at a time, passes its arguments to go test, goes on after a failure, and exits with 1 if any
// module failed. It leaves out examples/beam, whose engine alone takes minutes to build: .ci/scale tests that.
package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

func main() {
	if err := run(".", os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "testall:", err)
		os.Exit(1)
	}
}

// atOnce is how many modules are tested at a time: a package that waits for a disk leaves a processor idle.
const atOnce = 2

// run tests every module below root, and prints what go test says in the order of the modules. The error names those
// that failed.
func run(root string, args []string, out io.Writer) error {
	dirs, err := modules(root)
	if err != nil {
		return err
	}
	if len(dirs) == 0 {
		return errors.New("no go.mod file here; run it from the root of the repository")
	}
	turn, texts := make(chan bool, atOnce), make([]chan result, len(dirs))
	for i := range dirs {
		texts[i] = make(chan result, 1)
	}
	go func() {
		for i, dir := range dirs {
			turn <- true
			go func() {
				texts[i] <- test(filepath.Join(root, dir), args)
				<-turn
			}()
		}
	}()
	var failed []string
	for i, dir := range dirs {
		fmt.Fprintln(out, "== go test in", dir)
		r := <-texts[i]
		if _, err := out.Write(r.text); err != nil {
			return err
		}
		if r.err != nil {
			failed = append(failed, fmt.Sprintf("%s (%v)", dir, r.err))
		}
	}
	if len(failed) > 0 {
		return fmt.Errorf("%d of %d modules failed: %s", len(failed), len(dirs), strings.Join(failed, ", "))
	}
	fmt.Fprintf(out, "== all %d modules passed\n", len(dirs))
	return nil
}

// result is the output of go test in a module, and its error.
type result struct {
	text []byte
	err  error
}

// test runs go test in one module, without a workspace, which would hide requirements missing in its go.mod.
func test(dir string, args []string) result {
	cmd := exec.Command("go", append(append([]string{"test"}, args...), "./...")...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off")
	text, err := cmd.CombinedOutput()
	return result{text, err}
}

// modules returns the folders below root, with slashes, that hold a go.mod file and that go does not ignore.
func modules(root string) ([]string, error) {
	var dirs []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (path != root && ignored(entry.Name()) || path == filepath.Join(root, "examples", "beam")) {
			return fs.SkipDir
		}
		if entry.IsDir() || entry.Name() != "go.mod" {
			return nil
		}
		dir, err := filepath.Rel(root, filepath.Dir(path))
		dirs = append(dirs, filepath.ToSlash(dir))
		return err
	})
	return dirs, err
}

func ignored(folder string) bool {
	return folder == "testdata" || folder == "vendor" || folder[0] == '.' || folder[0] == '_'
}
