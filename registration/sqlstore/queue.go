package sqlstore

import (
	"context"
	"slices"
	"sync"

	"github.com/coselling/coselling/registration"
)

// queue admits one writer of this process to each account, claim and filing at a time. The others wait here and not in
// the database, where each would hold a connection, and a lock for a while if the process stood still.
type queue struct {
	mu    sync.Mutex
	lines map[string]*line
}

// line is the queue of one name.
type line struct {
	turn  chan struct{} // takes one token: that of who writes
	users int           // who write or wait
}

// enter waits for its turn in the queue of everything that a write is about, or for ctx.
func (q *queue) enter(ctx context.Context, about *registration.Subject) (leave func(), err error) {
	list := append(names(about), about.Terms...)
	slices.Sort(list) // the same order for all, so that no two wait for one another
	list = slices.Compact(list)
	for i, name := range list {
		select {
		case q.join(name) <- struct{}{}:
		case <-ctx.Done():
			q.quit(name)
			q.leave(list[:i])
			return nil, ctx.Err()
		}
	}
	return func() { q.leave(list) }, nil
}

// join returns the turn of a name, to be left by quit.
func (q *queue) join(name string) chan struct{} {
	q.mu.Lock()
	defer q.mu.Unlock()
	l := q.lines[name]
	if l == nil {
		if q.lines == nil {
			q.lines = make(map[string]*line)
		}
		l = &line{turn: make(chan struct{}, 1)}
		q.lines[name] = l
	}
	l.users++
	return l.turn
}

func (q *queue) quit(name string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	l := q.lines[name]
	if l.users--; l.users == 0 {
		delete(q.lines, name)
	}
}

// leave ends the turns of names.
func (q *queue) leave(names []string) {
	for _, name := range names {
		q.mu.Lock()
		turn := q.lines[name].turn
		q.mu.Unlock()
		<-turn
		q.quit(name)
	}
}
