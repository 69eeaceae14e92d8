package comms

import "slices"

// row is one line of a board, with the verdict that it is of.
type row[T any] struct {
	item *T
	said *verdict
}

// board is what the subjects say now, in order. New lines are merged into the old
// ones, which are never judged again for it.
type board[T any] struct {
	order func(a, b *T) int
	rows  []row[T]
	fresh []row[T]
	stale bool // some row no longer holds
}

func (b *board[T]) add(items []T, said *verdict) {
	for i := range items {
		b.fresh = append(b.fresh, row[T]{&items[i], said})
	}
}

// settle drops the stale rows and merges the fresh ones.
func (b *board[T]) settle() {
	if b.stale {
		b.rows = slices.DeleteFunc(b.rows, func(r row[T]) bool { return r.said.stale })
		b.stale = false
	}
	order := func(x, y row[T]) int { return b.order(x.item, y.item) }
	slices.SortStableFunc(b.fresh, order)
	b.rows = merge(b.rows, b.fresh, order)
	clear(b.fresh)
	b.fresh = b.fresh[:0]
}

// merge merges sorted lists into the first one, from the back, so that what lies
// before the first difference stays where it is.
func merge[T any](a, b []T, order func(x, y T) int) []T {
	i, j := len(a)-1, len(b)-1
	a = append(a, b...)
	for k := len(a) - 1; j >= 0; k-- {
		if i >= 0 && order(a[i], b[j]) > 0 {
			a[k], i = a[i], i-1
		} else {
			a[k], j = b[j], j-1
		}
	}
	return a
}

// items returns a copy of what stands there; nil for nothing.
func (b *board[T]) items() []T {
	if len(b.rows) == 0 {
		return nil
	}
	list := make([]T, 0, len(b.rows))
	for _, r := range b.rows {
		list = append(list, *r.item)
	}
	return list
}
