package arch

import (
	"os"
	"path/filepath"
	"testing"
)

// importers are small programs that use one package of ours, or all.
var importers = [...]struct{ name, imports, body string }{
	{"comp", `"` + module + `/comp"`, `plan, err := comp.Compile(comp.DefaultPolicy()); if err == nil { s, err := plan.Statement(comp.Booking{}); println(s.Booking, err != nil) }`},
	{"stage", `"` + module + `/stage"`, `rules, err := stage.DefaultRules(); if err == nil { d, err := rules.Advance(stage.Progress{}, stage.Move{}); println(len(d.Shut), err != nil) }`},
	{"all", `"time"; "` + module + `"`, `e, err := coselling.New(coselling.DefaultBook(), coselling.Host{}); if err == nil { a, err := e.Assess(coselling.Deal{}, coselling.Record{}, time.Time{}); println(len(a.Everything().Next), err != nil) }`},
}

// BenchmarkSize reports how much larger a program is that imports one package, or all, than one
// that prints a line.
//
//	go test ./internal/arch -run xxx -bench Size -benchtime 1x
func BenchmarkSize(b *testing.B) {
	bare := built(b, `"fmt"`, `fmt.Println("nothing")`)
	for _, p := range importers {
		b.Run(p.name, func(b *testing.B) {
			size := built(b, `"fmt"; `+p.imports, `fmt.Println("nothing"); `+p.body)
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(size-bare)/1e6, "MB_more")
			b.ReportMetric(float64(bare)/1e6, "MB_bare")
		})
	}
}

// built returns the size of a program.
func built(b *testing.B, imports, body string) int64 {
	b.Helper()
	dir := importer(b, "package main\n\nimport ("+imports+")\n\nfunc main() { "+body+" }\n")
	runGo(b, dir, offline(), "build", "-o", "program", ".")
	info, err := os.Stat(filepath.Join(dir, "program"))
	if err != nil {
		b.Fatal(err)
	}
	return info.Size()
}
