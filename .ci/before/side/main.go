// Command side answers documents with what the library makes of them: one process of it
// is built from the program as it was, another from the program as it is.
//
// It is called with the name of a kind of document, reads documents from its input and
// writes an answer to each: the texts that the library makes of the document, each with
// a name, and the paths and codes of the problems that it finds. Without a name, it
// lists the kinds.
package main

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"maps"
	"os"
	"runtime/debug"
	"slices"
)

// answer is what the library makes of one document.
type answer struct {
	texts    []string // name and text, name and text
	problems []string // path and code, path and code
}

// say adds a text under a name.
func (a *answer) say(name, text string) { a.texts = append(a.texts, name, text) }

// kinds are all kinds of documents: each answers a document; thorough asks to read it by
// every other way too.
type kinds map[string]func(document []byte, thorough bool, a *answer)

func main() {
	all := documentKinds()
	maps.Copy(all, viewKinds())
	if len(os.Args) < 2 {
		for _, name := range slices.Sorted(maps.Keys(all)) {
			fmt.Println(name)
		}
		return
	}
	kind, ok := all[os.Args[1]]
	if !ok {
		fmt.Fprintln(os.Stderr, os.Args[1], "is not a kind of document")
		os.Exit(2)
	}
	debug.SetGCPercent(400)
	in, out := bufio.NewReaderSize(os.Stdin, 1<<20), bufio.NewWriterSize(os.Stdout, 1<<20)
	if err := serve(in, out, kind); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// serve answers documents until there are no more. A document is one byte, which asks
// to be thorough where it is not zero, a length of four bytes, and the text.
func serve(in *bufio.Reader, out *bufio.Writer, kind func([]byte, bool, *answer)) error {
	var head [5]byte
	var document, answered []byte
	for {
		if in.Buffered() == 0 {
			if err := out.Flush(); err != nil {
				return err
			}
		}
		if _, err := io.ReadFull(in, head[:]); err == io.EOF {
			return out.Flush()
		} else if err != nil {
			return err
		}
		document = slices.Grow(document[:0], int(binary.LittleEndian.Uint32(head[1:])))[:binary.LittleEndian.Uint32(head[1:])]
		if _, err := io.ReadFull(in, document); err != nil {
			return err
		}
		answered = ask(kind, document, head[0] != 0).append(answered[:0])
		if _, err := out.Write(answered); err != nil {
			return err
		}
	}
}

// ask answers one document; a panic is an answer too.
func ask(kind func([]byte, bool, *answer), document []byte, thorough bool) (a *answer) {
	a = new(answer)
	defer func() {
		if r := recover(); r != nil {
			a.say("panic", fmt.Sprintf("%v\n%s", r, debug.Stack()))
		}
	}()
	kind(slices.Clone(document), thorough, a)
	return a
}

// append writes the length of an answer, then its texts and its problems, each with
// their count before them.
func (a *answer) append(b []byte) []byte {
	b = append(b, 0, 0, 0, 0)
	for _, list := range [][]string{a.texts, a.problems} {
		b = binary.AppendUvarint(b, uint64(len(list)))
		for _, s := range list {
			b = append(binary.AppendUvarint(b, uint64(len(s))), s...)
		}
	}
	binary.LittleEndian.PutUint32(b, uint32(len(b)-4))
	return b
}
