package main

import (
	"io"
	"runtime"
	"strings"
	"testing"
)

// weighing is a view that measures the heap, early and late.
type weighing struct {
	view
	rows, early, late int
	first, last       uint64
}

func (w *weighing) deal(b *book, e *entry) error {
	switch w.rows++; w.rows {
	case w.early:
		w.first = held()
	case w.late:
		w.last = held()
	}
	return w.view.deal(b, e)
}

func held() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// Memory does not grow, except for the marks that find repeated ids: 16 bytes for each row,
// and up to half of that more between two growths.
func TestMemoryIsFlat(t *testing.T) {
	const rows = 40_000
	file := bigFile(t, rows)
	for _, args := range [][]string{{"-list", "0"}, nil, {"-format", "csv"}, {"-format", "json"},
		{"-format", "markdown"}, {"-rep", "nobody"}} {
		o, c := asked(t, args...)
		w := &weighing{view: o.view(io.Discard), early: rows / 4, late: rows * 9 / 10}
		b, err := o.book(c, w)
		if err != nil {
			t.Fatal(err)
		}
		if err := b.write(func() (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader(file)),
				nil
		}); err != nil {
			t.Fatal(err)
		}
		const bytesARow, slack = 24, 512 << 10 // beside the buffers of the workers
		if more := int64(w.last) - int64(w.first); w.last == 0 || more > bytesARow*(rows*9/10-rows/4)+slack {
			t.Errorf("%q: %d bytes more are held after %d rows", args, more, w.late)
		}
	}
}
