package sqltest

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// The example prints the same on PostgreSQL as in memory.
func TestPostgresPlaysTheStory(t *testing.T) {
	at := postgresDatabase(t)
	folder := filepath.Join("..", "..", "..", "examples", "registrations")
	want, err := os.ReadFile(filepath.Join(folder, "testdata", "story.golden"))
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), "go", "run", ".", "-postgres", at.DSN)
	c.Dir, c.Stderr = folder, os.Stderr
	c.Env = append(os.Environ(), "GOWORK=off")
	got, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("on PostgreSQL\n%s\nin memory\n%s", got, want)
	}
}
