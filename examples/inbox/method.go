package main

import (
	"cmp"
	"slices"
	"time"
)

// version is what one file or message says about an entry of a calendar (iTIP, RFC 5546).
type version struct {
	uid        string
	recurrence time.Time // the planned start of the occurrence that it is about; zero: the whole entry
	following  bool      // it is about the later occurrences too (RANGE=THISANDFUTURE)
	method     string    // METHOD in upper case; "" in a file that is no message
	sequence   int
	stamp      time.Time // when it was written
	cancelled  bool      // by its method or its status
}

// asks reports whether a message only answers or asks for something: the organizer alone says how an entry is.
func (v *version) asks() bool {
	return slices.Contains([]string{"REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"}, v.method)
}

// compare orders the versions of one entry.
func (v *version) compare(w *version) int {
	return cmp.Or(cmp.Compare(v.sequence, w.sequence), v.stamp.Compare(w.stamp))
}

// ends reports whether a cancellation holds for another version of the entry, or for an occurrence of it.
func (v *version) ends(w *version) bool { return v.sequence >= w.sequence || v.stamp.After(w.stamp) }

// voids reports whether a version of a whole series leaves nothing of the change of one occurrence that was made
// before; planned says whether the series still has an occurrence at its time. An export stamps all alike.
func (v *version) voids(change *version, planned bool) bool {
	return change.sequence < v.sequence && (!planned || change.stamp.Before(v.stamp))
}
