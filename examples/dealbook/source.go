package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
)

// source opens the deals. If there are reversals, it is opened twice.
type source func() (io.ReadCloser, error)

func (o options) source(stderr io.Writer) source {
	if o.deals == "" {
		return func() (io.ReadCloser, error) {
			text, err := sample.ReadFile("sample/deals.csv")
			return io.NopCloser(bytes.NewReader(text)), err
		}
	}
	opened := false
	return func() (io.ReadCloser, error) {
		file, err := os.Open(o.deals)
		if err != nil {
			return nil, err
		}
		info, err := file.Stat()
		if err == nil && opened && !info.Mode().IsRegular() {
			err = fmt.Errorf("%s takes deals back, which needs a file that can be read twice; save it as a file, or "+
				"give -sort", o.deals)
		}
		if err != nil {
			_ = file.Close()
			return nil, err
		}
		opened = true
		if info.Size() < large || !isTerminal(stderr) {
			return file, nil
		}
		return &progress{file: file, size: info.Size(), to: stderr}, nil
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
