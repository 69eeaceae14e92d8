package fold_test

import (
	"testing"

	"github.com/coselling/coselling/internal/fold"
)

// comm.one_price: the first and the last accent of each block are left out.
func TestAccentsAreLeftOutToTheEndsOfTheirBlocks(t *testing.T) {
	for _, mark := range []rune{0x0300, 0x036f, 0x0591, 0x05c7, 0x064b, 0x065f, 0xfe00, 0xfe0f, 0x20d0, 0x20ff} {
		if got := fold.Item("a" + string(mark) + "b"); got != "ab" {
			t.Errorf("%U stays: %+q", mark, got)
		}
	}
}
