package rendercheck

import (
	"os"
	"strings"
	"testing"
)

// mermaidBlocks returns the charts of a Markdown file, of which there is one at least.
func mermaidBlocks(t *testing.T, file string) []string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var blocks []string
	for i, part := range strings.Split(string(text), "\n```mermaid\n") {
		if i == 0 {
			continue
		}
		block, _, closed := strings.Cut(part, "\n```\n")
		if !closed {
			t.Fatalf("%s: a block of Mermaid does not end", file)
		}
		blocks = append(blocks, block+"\n")
	}
	if len(blocks) == 0 {
		t.Fatalf("%s has no block of Mermaid", file)
	}
	return blocks
}
