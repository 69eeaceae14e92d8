package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
)

// source opens the deals. It is opened two times at least, so a pipe is copied into a file first.
type source func() (io.ReadCloser, error)

// source returns the source of the deals, and a function that removes the copy of a pipe.
func (o *options) source(c *call) (from source, done func()) {
	if o.deals != "" {
		return c.source(o.deals)
	}
	return func() (io.ReadCloser, error) {
		text, err := sample.ReadFile("sample/deals.csv")
		return io.NopCloser(bytes.NewReader(text)), err
	}, func() {}
}

// source returns the source of a file, and a function that removes the copy of a pipe.
func (c *call) source(name string) (from source, done func()) {
	var copied *spool
	return func() (io.ReadCloser, error) {
		if copied != nil {
			return copied.open(), nil
		}
		opened, err := c.open(name)
		if err != nil {
			return nil, err
		}
		file, isFile := opened.(*os.File)
		size := int64(-1) // of a pipe
		if isFile {
			if info, err := file.Stat(); err == nil && info.Mode().IsRegular() {
				size = info.Size()
			}
		}
		if size < 0 {
			defer opened.Close()
			if copied, err = newSpool(opened); err != nil {
				return nil, err
			}
			return copied.open(), nil
		}
		if size < large || !isTerminal(c.stderr) {
			return file, nil
		}
		return &progress{file: file, size: size, to: c.stderr}, nil
	}, func() { copied.remove() }
}

// spool is a copy of a pipe.
type spool struct {
	file *os.File
	size int64
}

func newSpool(pipe io.Reader) (*spool, error) {
	file, err := os.CreateTemp("", "coselling-*.csv")
	if err != nil {
		return nil, err
	}
	s := &spool{file: file}
	if s.size, err = io.Copy(file, pipe); err != nil {
		s.remove()
		return nil, err
	}
	return s, nil
}

func (s *spool) open() io.ReadCloser { return io.NopCloser(io.NewSectionReader(s.file, 0, s.size)) }

func (s *spool) remove() {
	if s != nil {
		_ = s.file.Close()
		_ = os.Remove(s.file.Name())
	}
}

// large is the size in bytes from which a file shows its progress.
const large = 64 << 20

func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// progress reads a file and shows how much of it was read.
type progress struct {
	file       io.ReadCloser
	size, read int64
	shown      int64 // percent
	to         io.Writer
}

func (p *progress) Read(b []byte) (int, error) {
	n, err := p.file.Read(b)
	p.read += int64(n)
	if percent := min(100*p.read/p.size, 100); percent > p.shown {
		p.shown = percent
		const cells = 40
		done := int(percent) * cells / 100
		fmt.Fprintf(p.to, "\r%3d%% [%-*s]", percent, cells, bytes.Repeat([]byte("="), done))
	}
	return n, err
}

// Close takes the bar away.
func (p *progress) Close() error {
	if p.shown > 0 {
		fmt.Fprint(p.to, "\r\x1b[K")
	}
	return p.file.Close()
}
