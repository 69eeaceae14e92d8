package main

import (
	"errors"
	"io"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/coselling/coselling/crmcsv"
)

// taken is a row of the file when its turn comes: a deal or a bad row. It is valid until take returns.
type taken struct {
	deal  *crmcsv.Row
	bad   *crmcsv.BadRow
	entry entry    // the priced deal, if it was priced ahead; reused for another row
	left  *leftOut // or why it is left out
}

// pipeline reads a file on all processors. Each worker takes the next rows of the file, which one at a time may do,
// and makes deals of them while others do the same. Then the reader checks them in the order of the file, prepare works
// on them apart from others, and take gets them in the order of the file.
type pipeline struct {
	reader  *crmcsv.Reader
	prepare func(worker int, t *taken) // nil: nothing
	take    func(*taken) error
	cutting sync.Mutex
	last    *turn       // of the batch that was cut last
	over    atomic.Bool // nothing more is to be cut
	err     error       // of the first batch that failed
}

// turn says how far a batch is: a closed channel lets the next batch follow.
type turn struct{ read, taken chan struct{} }

func newTurn() *turn { return &turn{make(chan struct{}), make(chan struct{})} }

// readAll gives every row to take, in the order of the file.
func readAll(reader *crmcsv.Reader, prepare func(int, *taken), take func(*taken) error) error {
	begun := newTurn()
	close(begun.read)
	close(begun.taken)
	p := &pipeline{reader: reader, prepare: prepare, take: take, last: begun}
	var workers sync.WaitGroup
	for worker := range workersOf() {
		workers.Go(func() { p.work(worker) })
	}
	workers.Wait()
	if p.err == io.EOF {
		return nil
	}
	return p.err
}

// workersOf is the number of workers: some wait for their turn while the others work.
func workersOf() int { return runtime.GOMAXPROCS(0) + 2 }

func (p *pipeline) work(worker int) {
	var batch crmcsv.Batch
	var rows []taken
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
func (p *pipeline) takeAll(rows []taken, behind error) {
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
func read(batch *crmcsv.Batch, rows []taken) ([]taken, error) {
	for deal, err := range batch.Rows() {
		bad, isBad := errors.AsType[*crmcsv.BadRow](err)
		if err != nil && !isBad {
			return rows, err
		}
		if len(rows) < cap(rows) {
			rows = rows[:len(rows)+1] // with the entry of an earlier batch
		} else {
			rows = append(rows, taken{})
		}
		t := &rows[len(rows)-1]
		t.deal, t.bad = deal, bad
	}
	return rows, nil
}
