package stage

// taskSet is a set of tasks, a bit each, by their number in [Rules].
type taskSet [maxTasks / 64]uint64

func (s *taskSet) add(i int)      { s[i/64] |= 1 << (i % 64) }
func (s *taskSet) has(i int) bool { return s[i/64]&(1<<(i%64)) != 0 }

func (s taskSet) union(t taskSet) taskSet {
	for i := range s {
		s[i] |= t[i]
	}
	return s
}

func (s taskSet) without(t taskSet) taskSet {
	for i := range s {
		s[i] &^= t[i]
	}
	return s
}

func (s taskSet) within(t taskSet) taskSet {
	for i := range s {
		s[i] &= t[i]
	}
	return s
}

// gateSet is a set of gates, a bit each, by their number in [Rules].
type gateSet uint64
