package comms

// slab allocates values of one type in blocks, for many small values that live as long as
// their log.
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
