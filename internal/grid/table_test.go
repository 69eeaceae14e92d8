package grid_test

import (
	"testing"

	"github.com/coselling/coselling/internal/grid"
)

func TestNumbersAreAlignedToTheRight(t *testing.T) {
	all := grid.Table{
		Head: []string{"rep", "credit", "why"}, From: 1, To: 2,
		Rows: [][]string{{"ana", "120000.00", "primary"}, {"a|b\n", "9.00", ""}},
	}
	const text = "  rep       credit  why\n" +
		"  ana    120000.00  primary\n" +
		"  a|b\\n       9.00\n"
	if got := all.Text(); got != text {
		t.Errorf("text\n%swant\n%s", got, text)
	}
	const markdown = "| rep | credit | why |\n| --- | ---: | --- |\n| ana | 120000.00 | primary |\n| a\\|b\\\\n | 9.00 |  |\n"
	if got := all.Markdown(); got != markdown {
		t.Errorf("Markdown\n%swant\n%s", got, markdown)
	}
}

func TestATableWithoutRowsIsTheWordNothing(t *testing.T) {
	none := grid.Table{Head: []string{"rep"}}
	if text, markdown := none.Text(), none.Markdown(); text != "  nothing\n" || markdown != "nothing\n" {
		t.Errorf("%q, %q", text, markdown)
	}
}
