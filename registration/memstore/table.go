package memstore

const (
	shards   = 1 << 10
	minSlots = 8
)

// table is a map from random hashes to heads that grows one shard at a time, so that no write waits for all of it.
type table struct {
	shards [shards][]slot // the length of each is a power of two, at most three quarters are used
	counts [shards]int
}

// slot is empty if the head is 0.
type slot struct {
	hash uint64
	head uint32
}

// find returns the place of a hash in its shard, or the empty place for it.
func find(slots []slot, hash uint64) int {
	mask := uint64(len(slots) - 1)
	at := hash & mask
	for slots[at].head != 0 && slots[at].hash != hash {
		at = (at + 1) & mask
	}
	return int(at)
}

// shardOf returns the shard of a hash by its high bits; its low bits are the place in it.
func shardOf(hash uint64) uint64 { return hash >> 54 }

// get returns the head of a hash, or 0.
func (t *table) get(hash uint64) uint32 {
	slots := t.shards[shardOf(hash)]
	if len(slots) == 0 {
		return 0
	}
	return slots[find(slots, hash)].head
}

// set stores a head, which is not 0.
func (t *table) set(hash uint64, head uint32) {
	shard := shardOf(hash)
	if 4*(t.counts[shard]+1) > 3*len(t.shards[shard]) {
		t.grow(shard)
	}
	slots := t.shards[shard]
	at := find(slots, hash)
	if slots[at].head == 0 {
		t.counts[shard]++
	}
	slots[at] = slot{hash, head}
}

func (t *table) grow(shard uint64) {
	old := t.shards[shard]
	slots := make([]slot, max(minSlots, 2*len(old)))
	for _, s := range old {
		if s.head != 0 {
			slots[find(slots, s.hash)] = s
		}
	}
	t.shards[shard] = slots
}

// remove removes a hash, which the table must have, and closes the gap that it leaves.
func (t *table) remove(hash uint64) {
	shard := shardOf(hash)
	slots := t.shards[shard]
	mask := len(slots) - 1
	gap := find(slots, hash)
	for at := (gap + 1) & mask; slots[at].head != 0; at = (at + 1) & mask {
		home := int(slots[at].hash) & mask
		if (at-home)&mask >= (at-gap)&mask { // it may move into the gap
			slots[gap] = slots[at]
			gap = at
		}
	}
	slots[gap] = slot{}
	t.counts[shard]--
}
