package main

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// open opens a file to read, or standard input for -, which is read once. A file that -out names is refused, for it
// would be lost.
func (c *call) open(name string) (io.ReadCloser, error) {
	if name == "-" {
		if c.stdin == nil {
			return nil, errors.New("- stands for two files, and standard input is one")
		}
		stdin := c.stdin
		c.stdin = nil
		return io.NopCloser(stdin), nil
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err == nil && info.IsDir() {
		err = fmt.Errorf("%s is a directory and no file", name)
	}
	if out, missing := os.Stat(c.file); err == nil && missing == nil && os.SameFile(info, out) {
		err = fmt.Errorf("-out %s is a file that is read; write to another one", c.file)
	}
	if err != nil {
		_ = file.Close()
		return nil, err
	}
	return file, nil
}

// read returns the text of a file of at most so many bytes. Of a larger one it keeps none.
func (c *call) read(name string, most int64) ([]byte, error) {
	file, err := c.open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	size := int64(-1)
	if on, ok := file.(*os.File); ok {
		if info, err := on.Stat(); err == nil && info.Mode().IsRegular() {
			size = info.Size()
		}
	}
	var text []byte
	if size <= most {
		if text, err = io.ReadAll(io.LimitReader(file, most+1)); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	if max(size, int64(len(text))) > most {
		return nil, fmt.Errorf("%s is above the limit of %s bytes for such a file", name, count(int(most)))
	}
	return text, nil
}
