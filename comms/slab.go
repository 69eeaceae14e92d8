package comms

// slab hands out values of one type, some at a time: a log has many small ones, which
// live as long as it does.
type slab[T any] struct{ free []T }

const slabSize = 16

func (s *slab[T]) next() *T {
	if len(s.free) == 0 {
		s.free = make([]T, slabSize)
	}
	p := &s.free[0]
	s.free = s.free[1:]
	return p
}
