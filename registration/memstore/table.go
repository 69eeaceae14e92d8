package memstore

const (
	shards   = 1 << 10
	minSlots = 8
)

// table is a map from hashes to heads that finds one in a single cache line, mostly. It
// grows shard by shard, so that no write waits for all of it. The hashes are random.
type table struct {
	shards [shards][]slot // each a power of two long, at most three quarters full
	counts [shards]int
}

// slot is empty where the head is 0.
type slot struct {
	hash uint64
	head uint32
}

// find returns the place of a hash in its shard, or the empty one where it belongs.
func find(slots []slot, hash uint64) int {
	mask := uint64(len(slots) - 1)
	at := hash & mask
	for slots[at].head != 0 && slots[at].hash != hash {
		at = (at + 1) & mask
	}
	return int(at)
}

func shardOf(hash uint64) uint64 { return hash >> 54 } // of 1,024; the low bits are the place in it

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

// remove takes a hash that is there out, and closes the gap that it leaves.
func (t *table) remove(hash uint64) {
	shard := shardOf(hash)
	slots := t.shards[shard]
	mask := len(slots) - 1
	gap := find(slots, hash)
	for at := (gap + 1) & mask; slots[at].head != 0; at = (at + 1) & mask {
		home := int(slots[at].hash) & mask
		if (at-home)&mask >= (at-gap)&mask { // its place is not behind the gap
			slots[gap] = slots[at]
			gap = at
		}
	}
	slots[gap] = slot{}
	t.counts[shard]--
}
