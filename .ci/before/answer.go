package main

import (
	"encoding/binary"
	"errors"
	"slices"
)

// Answer is what one side makes of a document.
type Answer struct {
	Texts    []Text
	Problems []Problem // sorted
	Crash    string    // how the process ended; "" where it lives
}

// Text is one of the texts that a side makes of a document.
type Text struct{ Name, Text string }

// Problem is one problem that a side finds in a document.
type Problem struct{ Path, Code string }

// Refused reports whether the document was refused, or a part of it.
func (a Answer) Refused() bool { return len(a.Problems) > 0 || a.Crash != "" }

// Panicked returns the text of a panic, or of the end of the process.
func (a Answer) Panicked() string {
	for _, t := range a.Texts {
		if t.Name == "panic" {
			return t.Text
		}
	}
	return a.Crash
}

var errAnswer = errors.New("a side's answer breaks off")

// readAnswer reads what a side has written, without its length.
func readAnswer(b []byte) (Answer, error) {
	var lists [2][]string
	for i := range lists {
		n, size := binary.Uvarint(b)
		if size <= 0 {
			return Answer{}, errAnswer
		}
		b = b[size:]
		for range n {
			length, size := binary.Uvarint(b)
			if size <= 0 || uint64(len(b)-size) < length {
				return Answer{}, errAnswer
			}
			lists[i] = append(lists[i], string(b[size:size+int(length)]))
			b = b[size+int(length):]
		}
	}
	var a Answer
	for pair := range slices.Chunk(lists[0], 2) {
		a.Texts = append(a.Texts, Text{pair[0], pair[1]})
	}
	for pair := range slices.Chunk(lists[1], 2) {
		a.Problems = append(a.Problems, Problem{pair[0], pair[1]})
	}
	slices.SortFunc(a.Problems, func(x, y Problem) int { return compareProblems(x, y) })
	a.Problems = slices.Compact(a.Problems)
	return a, nil
}
