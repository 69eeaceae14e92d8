// Package shards reads a CSV export on all processors, in the order of the file and to the bytes of one reader.
package shards

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/coselling/coselling/crmcsv"
)

// ParseMapping reads a mapping, and puts it into its time zone: UTC where it states none.
func ParseMapping(text []byte) (crmcsv.Mapping, error) {
	mapping, err := crmcsv.ParseMapping(text)
	if err != nil {
		return mapping, err
	}
	zone, err := time.LoadLocation(mapping.Zone())
	if err != nil {
		return mapping, fmt.Errorf("the zone: %w", err)
	}
	return mapping.In(zone), nil
}

// Row is a row of the file when its turn comes: a deal or a bad row. It is valid until take returns.
type Row[T any] struct {
	Deal *crmcsv.Row
	Bad  *crmcsv.BadRow
	Own  T // what prepare found; before that, of another row
}

// pipeline reads a file. Each worker takes the next rows of it, which one at a time may do, and makes deals of them
// while others do the same. Then the reader checks them in the order of the file, prepare works on them apart from
// others, and take gets them in the order of the file.
type pipeline[T any] struct {
	reader  *crmcsv.Reader
	prepare func(worker int, r *Row[T])
	take    func(*Row[T]) error
	cutting sync.Mutex
	last    *turn       // of the batch that was cut last
	over    atomic.Bool // nothing more is to be cut
	err     error       // of the first batch that failed
}

// turn says how far a batch is: a closed channel lets the next batch follow.
type turn struct{ read, taken chan struct{} }

func newTurn() *turn { return &turn{make(chan struct{}), make(chan struct{})} }

// Read gives every row to take, in the order of the file, and before that to prepare, in any order and on several
// goroutines: each has its number, below [Workers]. A nil prepare does nothing. It returns the first error of take,
// with which reading ends, or that of the reader.
func Read[T any](reader *crmcsv.Reader, prepare func(worker int, r *Row[T]), take func(*Row[T]) error) error {
	begun := newTurn()
	close(begun.read)
	close(begun.taken)
	p := &pipeline[T]{reader: reader, prepare: prepare, take: take, last: begun}
	var workers sync.WaitGroup
	for worker := range Workers() {
		workers.Go(func() { p.work(worker) })
	}
	workers.Wait()
	if p.err == io.EOF {
		return nil
	}
	return p.err
}

// Workers is the number of goroutines that read: some wait for their turn while the others work.
func Workers() int { return runtime.GOMAXPROCS(0) + 2 }

func (p *pipeline[T]) work(worker int) {
	var batch crmcsv.Batch
	var rows []Row[T]
	for {
		p.cutting.Lock()
		before, mine := p.last, newTurn()
		p.last = mine
		if !p.over.Load() {
			p.reader.Ahead(&batch)
		}
		p.cutting.Unlock()
		batch.Map()

		<-before.read
		var err error
		isOver := p.over.Load() // the rows of an earlier batch were the last
		if !isOver {
			if rows, err = read(&batch, rows[:0]); err != nil {
				p.over.Store(true)
			}
		}
		close(mine.read)

		if !isOver && p.prepare != nil {
			for i := range rows {
				p.prepare(worker, &rows[i])
			}
		}

		<-before.taken
		if !isOver {
			p.takeAll(rows, err)
		}
		close(mine.taken)
		if isOver || err != nil {
			return
		}
	}
}

// takeAll gives the rows of a batch to take, and keeps the first error: that of a row, or the one behind them.
func (p *pipeline[T]) takeAll(rows []Row[T], behind error) {
	for i := range rows {
		if p.err != nil {
			return
		}
		if p.err = p.take(&rows[i]); p.err != nil {
			p.over.Store(true)
			return
		}
	}
	if p.err == nil {
		p.err = behind
	}
}

// read appends the rows of a batch, and returns the error behind the last row of the file.
func read[T any](batch *crmcsv.Batch, rows []Row[T]) ([]Row[T], error) {
	for deal, err := range batch.Rows() {
		bad, isBad := errors.AsType[*crmcsv.BadRow](err)
		if err != nil && !isBad {
			return rows, err
		}
		if len(rows) < cap(rows) {
			rows = rows[:len(rows)+1] // with what prepare found of an earlier one
		} else {
			rows = append(rows, Row[T]{})
		}
		r := &rows[len(rows)-1]
		r.Deal, r.Bad = deal, bad
	}
	return rows, nil
}
