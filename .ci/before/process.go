package main

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

// patience is how long a side may think about one document.
const patience = 60 * time.Second

// Side is a process that answers documents of one kind. It is started again after it
// ended at a document.
type Side struct {
	program, kind string
	process       *exec.Cmd
	in            *bufio.Writer
	closer        io.Closer
	out           *bufio.Reader
	output        *os.File
	complaints    *strings.Builder
}

// Document is what a side is asked; Thorough asks to read it by every other way too.
type Document struct {
	Text     []byte
	Thorough bool
}

// kindsOf lists the kinds that a side knows.
func kindsOf(program string) ([]string, error) {
	text, err := exec.Command(program).Output()
	return strings.Fields(string(text)), err
}

// start starts the process where it does not live.
func (s *Side) start() error {
	if s.process != nil {
		return nil
	}
	s.process = exec.Command(s.program, s.kind)
	in, err := s.process.StdinPipe()
	if err != nil {
		return err
	}
	output, input, err := os.Pipe()
	if err != nil {
		return err
	}
	s.complaints = new(strings.Builder)
	s.process.Stdout, s.process.Stderr = input, s.complaints
	s.in, s.closer, s.output, s.out = bufio.NewWriterSize(in, 1<<20), in, output, bufio.NewReaderSize(output, 1<<20)
	err = s.process.Start()
	input.Close()
	if err != nil {
		output.Close()
		s.process = nil
	}
	return err
}

// Stop ends the process.
func (s *Side) Stop() {
	if s.process == nil {
		return
	}
	s.closer.Close()
	s.process.Process.Kill()
	s.process.Wait()
	s.output.Close()
	s.process = nil
}

// Ask answers every document. Where the process ends, it loses answers that it has not
// written yet; so the rest is then asked one by one, and the answer to a document at which
// the process ends says how.
func (s *Side) Ask(documents []Document) ([]Answer, error) {
	if err := s.start(); err != nil {
		return nil, err
	}
	answers, err := s.ask(documents)
	for _, d := range documents[len(answers):] {
		if err != nil {
			s.Stop()
			if err := s.start(); err != nil {
				return nil, err
			}
		}
		var one []Answer
		if one, err = s.ask([]Document{d}); err != nil {
			s.Stop()
			one = []Answer{{Crash: fmt.Sprintf("the process ended: %v\n%.2000s", err, s.complaints)}}
		}
		answers = append(answers, one[0])
	}
	return answers, nil
}

// ask answers documents until the process ends.
func (s *Side) ask(documents []Document) ([]Answer, error) {
	sent, in := make(chan struct{}), s.in
	go func() {
		defer close(sent)
		send(documents, in)
	}()
	var answers []Answer
	for range documents {
		a, err := s.receive()
		if err != nil {
			return answers, err
		}
		answers = append(answers, a)
	}
	<-sent
	return answers, nil
}

// send writes documents; receive sees what goes wrong.
func send(documents []Document, in *bufio.Writer) {
	for _, d := range documents {
		var head [5]byte
		if d.Thorough {
			head[0] = 1
		}
		binary.LittleEndian.PutUint32(head[1:], uint32(len(d.Text)))
		in.Write(head[:])
		in.Write(d.Text)
	}
	in.Flush()
}

func (s *Side) receive() (Answer, error) {
	if s.out.Buffered() == 0 {
		s.output.SetReadDeadline(time.Now().Add(patience))
	}
	var head [4]byte
	if _, err := io.ReadFull(s.out, head[:]); err != nil {
		return Answer{}, err
	}
	text := make([]byte, binary.LittleEndian.Uint32(head[:]))
	if _, err := io.ReadFull(s.out, text); err != nil {
		return Answer{}, err
	}
	return readAnswer(text)
}
