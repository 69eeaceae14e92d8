package comms

import "time"

// timed is an element of a heap with its instant.
type timed[T any] struct {
	at   time.Time
	what T
}

// heap gives out its elements by instant, the earliest first. The zero value is empty.
type heap[T any] struct{ items []timed[T] }

func (h *heap[T]) push(at time.Time, what T) {
	h.items = append(h.items, timed[T]{at, what})
	for i := len(h.items) - 1; i > 0; {
		parent := (i - 1) / 2
		if !h.items[i].at.Before(h.items[parent].at) {
			return
		}
		h.items[i], h.items[parent] = h.items[parent], h.items[i]
		i = parent
	}
}

// pop removes and returns the earliest element, unless it is after now.
func (h *heap[T]) pop(now time.Time) (what T, ok bool) {
	if len(h.items) == 0 || h.items[0].at.After(now) {
		return what, false
	}
	what = h.items[0].what
	last := len(h.items) - 1
	h.items[0] = h.items[last]
	h.items[last] = timed[T]{} // keeps nothing alive
	h.items = h.items[:last]
	h.sink()
	return what, true
}

// sink moves the first element to its place.
func (h *heap[T]) sink() {
	for i := 0; ; {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(h.items); child++ {
			if h.items[child].at.Before(h.items[least].at) {
				least = child
			}
		}
		if least == i {
			return
		}
		h.items[i], h.items[least] = h.items[least], h.items[i]
		i = least
	}
}
