//go:build js && wasm

// Wasm gives package whatif to a page: the function whatIf(question, terms), where the question is the text that the
// page downloaded, and the terms are an object of texts by their fields. It returns the answer as text.
package main

import (
	"syscall/js"

	"github.com/coselling/coselling/examples/portal/internal/whatif"
)

func main() {
	js.Global().Set("whatIf", js.FuncOf(func(_ js.Value, args []js.Value) any {
		terms := map[string]string{}
		entries := js.Global().Get("Object").Call("entries", args[1])
		for i := range entries.Length() {
			terms[entries.Index(i).Index(0).String()] = entries.Index(i).Index(1).String()
		}
		return whatif.Answer([]byte(args[0].String()), terms)
	}))
	select {}
}
