package stage

// foresee notes what clear asks: the stage that a running deal may go to next, and
// the gates before it that are shut.
func (s *state) foresee() {
	s.next, s.closed = "", 0
	if b := s.book; b != nil && s.status == Running && s.at+1 < len(b.steps) {
		s.next, s.closed = b.Steps[s.at+1].Stage, b.steps[s.at].asks&^s.open
	}
}

// clear reports whether an advance is plainly permitted: a known person of the side
// that leads asks for the next stage, in time, brings nothing, and every gate is
// open. It says in one look what admit and judge would say in many; whatever it does
// not see through it leaves to them. It halves the time of [Rules.Check].
func (s *state) clear(m *Move) bool {
	return s.next == m.To && s.next != "" && s.engagement.Leader() == m.By.Party.Side &&
		(s.closed == 0 || s.closed == registeredBit && s.registeredFor(VerbAdvance, m.At)) && s.plain(m)
}

// plain reports whether a move can have no problem of its own: a known person makes
// it, in time, and it brings nothing.
func (s *state) plain(m *Move) bool {
	return len(m.Consents)|len(m.Evidence)|len(m.Overrides) == 0 && len(m.By.Name) > 0 && m.By.Name[0] > ' ' &&
		len(m.By.Name)+len(m.Reason) <= maxText && s.parties.Has(m.By.Party) && !m.At.Before(s.last) && m.At.Unix() < lastSecond
}
