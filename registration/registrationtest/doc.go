// Package registrationtest is the conformance suite of stores (reg.atomic): what a
// registration.Store must guarantee, as tests that any implementation can run.
//
//	func TestStore(t *testing.T) {
//		registrationtest.Run(t, registrationtest.Harness{
//			New: func(t testing.TB, now func() time.Time) registration.Store { … },
//		})
//	}
//
// [Harness.Reopen] and [Harness.Process] are for stores that outlive a process; what
// cannot be run without them is skipped, with a message.
package registrationtest
