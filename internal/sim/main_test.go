package main

import (
	"strings"
	"testing"
)

// The program prints the trace, what happened, and what of the list never did, which is an error.
func TestTheProgramSaysWhatNeverHappened(t *testing.T) {
	var out strings.Builder
	err := run(&out, 1, 1, 0)
	if err == nil || !strings.Contains(err.Error(), "never happened") {
		t.Errorf("%v", err)
	}
	if text := out.String(); !strings.Contains(text, "seed 1: 1 deals") || !strings.Contains(text, "trace ") ||
		!strings.Contains(text, "a hole in a roster") || strings.Contains(text, "WRONG") {
		t.Error(text)
	}
}
