// Package wasmfile gets the WebAssembly file of the page "what if": it is built by the Go toolchain when the portal
// starts, or read where there is no toolchain. It is never stored beside the code.
package wasmfile

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// program is the package that is compiled.
const program = "github.com/coselling/coselling/examples/portal/internal/whatif/wasm"

// starter is the script of the toolchain that runs a Go program in a page; it fits the files of its own toolchain only.
const starter = "wasm_exec.js"

// File is what a page loads. It is immutable.
type File struct {
	Code    []byte // the WebAssembly file
	Zipped  []byte // Code, by gzip
	Starter []byte // the script that runs it
}

// Build compiles the file into a folder, which it makes, with the go command of PATH, and needs the code of this module
// in the current folder. An error means that there is no toolchain, or no code.
func Build(ctx context.Context, folder string) (*File, error) {
	root, err := exec.CommandContext(ctx, "go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("ask the toolchain where it is: %w", err)
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	out := filepath.Join(folder, "whatif.wasm")
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", out,
		program)
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if text, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build the WebAssembly file: %w: %s", err, bytes.TrimSpace(text))
	}
	return read(out, filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", starter))
}

// Read reads a file that was built before, and the toolchain's wasm_exec.js in the same folder.
func Read(file string) (*File, error) {
	return read(file, filepath.Join(filepath.Dir(file), starter))
}

func read(file, script string) (*File, error) {
	code, err := os.ReadFile(file)
	run, scriptErr := os.ReadFile(script)
	if err := errors.Join(err, scriptErr); err != nil {
		return nil, err
	}
	if !bytes.HasPrefix(code, []byte("\x00asm")) {
		return nil, fmt.Errorf("%s is no WebAssembly file", file)
	}
	var zipped bytes.Buffer
	w, err := gzip.NewWriterLevel(&zipped, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(code); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return &File{code, zipped.Bytes(), run}, nil
}
