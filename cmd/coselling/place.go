package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

// place is a line and a column of a text, in characters, both from 1.
type place struct{ line, column int }

// spot is a value of a document by its path; again is the second member with that name.
type spot struct {
	path  string
	again bool
}

// placesOf returns where spots of a document are: the name of a member, the value of an element. Where a path is
// missing it is the place of what it should be in. found are the texts, numbers and booleans that stand there.
func placesOf(data []byte, spots []spot) (places []place, found map[string]string) {
	l := locator{dec: json.NewDecoder(bytes.NewReader(data)), data: data, wanted: map[string]bool{},
		again: map[string]int{}, found: map[string]string{}}
	l.dec.UseNumber()
	for _, s := range spots {
		for path := s.path; path != ""; path = parent(path) {
			l.wanted[path] = true
		}
	}
	l.at = map[string]int{"": l.next()}
	_ = l.value("") // behind an error of syntax nothing is found
	offsets := make([]int, len(spots))
	for i, s := range spots {
		for path, there := s.path, false; !there; path = parent(path) {
			offsets[i], there = l.at[path]
		}
		if offset, there := l.again[s.path]; there && s.again {
			offsets[i] = offset
		}
	}
	return inLines(data, offsets), l.found
}

// parent cuts the last name or index from a path.
func parent(path string) string { return path[:max(strings.LastIndexAny(path, ".["), 0)] }

// inLines returns the places of bytes, in one pass over the text.
func inLines(data []byte, offsets []int) []place {
	at := make(map[int]place)
	line, begin, last := 1, 0, 0
	for _, offset := range slices.Sorted(maps.Keys(set(offsets))) {
		offset = min(offset, len(data))
		part := data[last:offset]
		line += bytes.Count(part, []byte("\n"))
		if i := bytes.LastIndexByte(part, '\n'); i >= 0 {
			begin = last + i + 1
		}
		at[offset] = place{line, utf8.RuneCount(data[begin:offset]) + 1}
		last = offset
	}
	places := make([]place, len(offsets))
	for i, offset := range offsets {
		places[i] = at[min(offset, len(data))]
	}
	return places
}

func set(list []int) map[int]bool {
	all := make(map[int]bool, len(list))
	for _, n := range list {
		all[n] = true
	}
	return all
}

// locator finds the offsets of paths in a document. It goes into no other value, however deep that is.
type locator struct {
	dec    *json.Decoder
	data   []byte
	wanted map[string]bool
	at     map[string]int
	again  map[string]int
	found  map[string]string
}

// next returns the offset of the next token.
func (l *locator) next() int {
	offset := int(l.dec.InputOffset())
	for offset < len(l.data) && strings.IndexByte(" \t\r\n,:", l.data[offset]) >= 0 {
		offset++
	}
	return offset
}

// value goes through the value at a path that is wanted.
func (l *locator) value(path string) error {
	token, err := l.dec.Token()
	if err != nil {
		return err
	}
	if token != json.Delim('{') && token != json.Delim('[') {
		l.found[path] = fmt.Sprint(token)
		if text, ok := token.(string); ok {
			l.found[path] = value.Quote(text)
		}
		return nil
	}
	for i := 0; l.dec.More(); i++ {
		below, offset := value.Index(path, i), l.next()
		if token == json.Delim('{') {
			name, err := l.dec.Token()
			if err != nil {
				return err
			}
			below = value.JoinPath(path, wire.Member(fmt.Sprint(name)))
		}
		_, known := l.at[below]
		if known {
			l.again[below] = offset
		}
		if known || !l.wanted[below] {
			if err := skip(l.dec); err != nil {
				return err
			}
			continue
		}
		l.at[below] = offset
		if err := l.value(below); err != nil {
			return err
		}
	}
	_, err = l.dec.Token() // the end
	return err
}

// skip reads a value.
func skip(dec *json.Decoder) error {
	for depth := 0; ; {
		token, err := dec.Token()
		if err != nil {
			return err
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth == 0 {
			return nil
		}
	}
}

// placeOfSyntax returns the place that an error of syntax names; false if it is none.
func placeOfSyntax(e *value.Error) (p place, ok bool) {
	if e.Code != wire.Syntax {
		return place{}, false
	}
	_, err := fmt.Sscanf(e.Got, "the text at line %d, column %d", &p.line, &p.column)
	return p, err == nil
}
