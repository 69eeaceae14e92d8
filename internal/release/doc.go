// Package release keeps what a release promises: the form of the changelog, the default book and the answers of the
// last release, and the licences of the modules that an importer links. Its tests have all of it; it exports nothing.
//
// testdata has a folder a release, named for its month, with recorded inputs and the answers to them. Recorded inputs
// are never changed. An answer that a later release gives differently is named in the changelog under Policy data;
// only then may it be recorded again.
package release
