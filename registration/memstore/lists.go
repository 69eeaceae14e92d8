package memstore

import (
	"cmp"
	"iter"
	"slices"
)

const blockLen = 256

// lists has the keys of all lists in bytewise order, in blocks, so that few are moved when one is added.
type lists struct {
	blocks [][]listKey // none is empty, and none is longer than blockLen
}

type listKey struct {
	key   string
	claim uint32
}

func compareKeys(l listKey, key string) int { return cmp.Compare(l.key, key) }

// find returns the block that has a key or would get it, the place in the block, and whether the key is there.
func (l *lists) find(key string) (block, at int, found bool) {
	block, found = slices.BinarySearchFunc(l.blocks, key, func(b []listKey, key string) int {
		return compareKeys(b[0], key)
	})
	if found || len(l.blocks) == 0 {
		return block, 0, found
	}
	block = max(block-1, 0)
	at, found = slices.BinarySearchFunc(l.blocks[block], key, compareKeys)
	return block, at, found
}

// add adds a key, or gives the one that is there to another claim.
func (l *lists) add(key string, claim uint32) {
	block, at, found := l.find(key)
	switch one := (listKey{key, claim}); {
	case found:
		l.blocks[block][at] = one
	case len(l.blocks) == 0:
		l.blocks = append(l.blocks, []listKey{one})
	default:
		keys := slices.Insert(l.blocks[block], at, one)
		l.blocks[block] = keys
		if len(keys) > blockLen {
			half := len(keys) / 2
			if at == len(keys)-1 { // keys that come in their order fill the blocks
				half = at
			}
			l.blocks[block] = keys[:half:half]
			l.blocks = slices.Insert(l.blocks, block+1, slices.Clone(keys[half:]))
		}
	}
}

// remove removes a key, if it is there.
func (l *lists) remove(key string) {
	block, at, found := l.find(key)
	if !found {
		return
	}
	l.blocks[block] = slices.Delete(l.blocks[block], at, at+1)
	if len(l.blocks[block]) == 0 {
		l.blocks = slices.Delete(l.blocks, block, block+1)
	}
}

// between yields the keys from one on and before another, in their order.
func (l *lists) between(from, to string) iter.Seq[listKey] {
	return func(yield func(listKey) bool) {
		block, at, _ := l.find(from)
		for ; block < len(l.blocks); block, at = block+1, 0 {
			for _, one := range l.blocks[block][at:] {
				if one.key >= to || !yield(one) {
					return
				}
			}
		}
	}
}
