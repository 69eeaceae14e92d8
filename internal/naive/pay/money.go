package pay

import (
	"maps"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// Money adds up the movements of each day, in cents, and says whether they add up.
func Money(whole, atOnce int64, won value.Date, moves []comp.Movement) (received, left int64, ok bool) {
	days := map[string]map[comp.MovementKind]int64{won.String(): {comp.Received: atOnce}}
	for _, m := range moves {
		if days[m.On.String()] == nil {
			days[m.On.String()] = map[comp.MovementKind]int64{}
		}
		days[m.On.String()][m.Kind] += m.Amount.Minor()
	}
	left = whole
	var pool, written int64
	cut := func() { written = max(0, min(written, left-received)) } // money comes that was written off
	for _, day := range slices.Sorted(maps.Keys(days)) {
		received += days[day][comp.Received]
		cut()
		if left -= days[day][comp.Reversed]; left < 0 {
			return 0, 0, false
		}
		if received > left && days[day][comp.Reversed] > 0 {
			pool, received = pool+received-left, left
		}
		cut()
		refunded := days[day][comp.Refunded]
		used := min(pool, refunded)
		pool, received = pool-used, received-(refunded-used)
		if received < 0 || received > left {
			return 0, 0, false
		}
		if written += days[day][comp.WrittenOff]; written > left-received {
			return 0, 0, false
		}
	}
	return received, left, true
}
