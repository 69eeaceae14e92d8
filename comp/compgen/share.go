package compgen

import (
	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
)

// shareOut gives the payees of one group shares that total 100 %: as even as can
// be, as uneven as can be, or any. A rep alone needs none.
func shareOut(t *rapid.T, group []comp.Payee) {
	if len(group) == 1 {
		group[0].Share = percent(pick[int64](t, "share alone", 0, full))
		return
	}
	how := between(t, "shares", 0, 2)
	left := int64(full)
	for i := range group {
		behind := int64(len(group) - 1 - i)
		share := left
		switch {
		case behind == 0:
		case how == 0:
			share = left / (behind + 1)
		case how == 1:
			share = 1
		default:
			share = rapid.Int64Range(1, left-behind).Draw(t, "share of "+group[i].Rep)
		}
		group[i].Share = percent(share)
		left -= share
	}
}
