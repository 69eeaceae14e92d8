// Package bench compares hot paths of coselling with well-known peers that do the
// same job, in turns within one run. It is a module of its own, so that importers
// never see the peers:
//
//	go test -run xxx -bench . -benchtime 1x
package bench
