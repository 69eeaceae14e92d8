package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// written lets write fill a file, which is replaced only when everything is written. Without
// a file it writes to stdout.
func written(file string, stdout io.Writer, write func(io.Writer) error) error {
	if file == "" {
		return buffered(stdout, write)
	}
	there, err := os.Stat(file)
	if err == nil && !there.Mode().IsRegular() {
		return fmt.Errorf("-out %s is no file that could be replaced", file)
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if target, err := filepath.EvalSymlinks(file); err == nil {
		file = target // keep the link
	}
	part := fmt.Sprintf("%s.%d.part", file, os.Getpid())
	out, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	if there != nil { // keep the permissions
		err = out.Chmod(there.Mode().Perm())
	}
	if err == nil {
		err = buffered(out, write)
	}
	if err == nil {
		err = out.Sync()
	}
	if closed := out.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(part, file)
	}
	if err != nil {
		_ = os.Remove(part) // the first error is returned
	}
	return err
}

func buffered(out io.Writer, write func(io.Writer) error) error {
	buffer := bufio.NewWriterSize(out, 1<<16)
	if err := write(buffer); err != nil {
		return err
	}
	return buffer.Flush()
}
