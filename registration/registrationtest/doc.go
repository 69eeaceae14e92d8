// Package registrationtest is the conformance suite of stores: tests of all that a
// registration.Store must guarantee (reg.atomic), which any implementation can run.
//
//	package yourstore_test
//
//	import (
//		"testing"
//		"time"
//
//		"github.com/coselling/coselling/registration"
//		"github.com/coselling/coselling/registration/memstore"
//		"github.com/coselling/coselling/registration/registrationtest"
//	)
//
//	func TestStore(t *testing.T) {
//		registrationtest.RunSuite(t, registrationtest.Harness{
//			New: func(t testing.TB, now func() time.Time) registration.Store {
//				return memstore.NewStore(now, nil) // your store here
//			},
//		})
//	}
//
// [Harness.Reopen] and [Harness.Process] are for stores that outlive a process. Without
// them the tests that need them are skipped.
package registrationtest
