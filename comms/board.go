package comms

import "slices"

// row is one line of a board, with the verdict that it belongs to.
type row[T any] struct {
	item *T
	said *verdict
}

// board holds the findings or due items of all subjects in order; old rows are not judged again.
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

// merge merges a sorted list into another, from the back, so that elements before the first difference do not move.
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

// items returns a copy of the items; nil where there are none.
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
