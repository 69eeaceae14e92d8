package postgres

import (
	"encoding/binary"
	"errors"
	"io"
	"net"
	"sync"
)

// Pooler is a pooler in transaction mode, as PgBouncer is: a client has a connection to the server for the time of a
// transaction, each time another one. Make it with [NewPooler] and end it with [Pooler.Close].
type Pooler struct {
	listener net.Listener
	server   string
	startup  []byte        // what opens a connection to the server
	free     chan net.Conn // in the order in which they were given back; nil: to be opened
	mu       sync.Mutex    // of greeting
	greeting []byte        // what the server says of itself to a new client
}

const maxMessage = 1 << 26

// NewPooler starts a pooler with a number of connections to a database of a server.
func NewPooler(s *Server, database string, connections int) (*Pooler, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	body := "\x00\x03\x00\x00user\x00tester\x00database\x00" + database + "\x00\x00"
	p := &Pooler{listener: l, server: s.Address(), free: make(chan net.Conn, connections)}
	p.startup = append(binary.BigEndian.AppendUint32(nil, uint32(len(body)+4)), body...)
	for range connections {
		p.free <- nil
	}
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer client.Close()
				_ = p.serve(client) // the client sees that its connection ends
			}()
		}
	}()
	return p, nil
}

// Address returns the host and port of the pooler.
func (p *Pooler) Address() string { return p.listener.Addr().String() }

// Close ends the pooler for new clients, and its free connections.
func (p *Pooler) Close() error {
	err := p.listener.Close()
	for {
		select {
		case conn := <-p.free:
			if conn != nil {
				_ = conn.Close()
			}
		default:
			return err
		}
	}
}

// serve passes on what a client asks, each transaction on a connection of its own.
func (p *Pooler) serve(client net.Conn) error {
	if _, err := message(client, false); err != nil { // the start, which is the same for all, or a cancellation
		return err
	}
	greeting, err := p.greet()
	if err != nil {
		return err
	}
	if _, err := client.Write(greeting); err != nil {
		return err
	}
	for {
		first, err := message(client, true)
		if err != nil || first[0] == 'X' {
			return err
		}
		server, err := p.take()
		if err != nil {
			return err
		}
		ended := p.transaction(client, server, first)
		if ended != nil {
			_ = server.Close() // which rolls back
			server = nil
		}
		p.free <- server
		if ended != nil {
			return ended
		}
	}
}

// take returns a connection to the server, opened if it is not.
func (p *Pooler) take() (net.Conn, error) {
	server := <-p.free
	if server != nil {
		return server, nil
	}
	server, greeting, err := p.open()
	if err != nil {
		p.free <- nil
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.greeting = greeting
	return server, nil
}

// greet returns what the server says to a new client.
func (p *Pooler) greet() ([]byte, error) {
	p.mu.Lock()
	greeting := p.greeting
	p.mu.Unlock()
	if greeting != nil {
		return greeting, nil
	}
	server, err := p.take()
	if err == nil {
		p.free <- server
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.greeting, err
}

func (p *Pooler) open() (net.Conn, []byte, error) {
	server, err := net.Dial("tcp", p.server)
	if err != nil {
		return nil, nil, err
	}
	if _, err = server.Write(p.startup); err == nil {
		var greeting []byte
		if greeting, err = answer(server); err == nil && greeting[0] == 'R' {
			return server, greeting, nil
		}
	}
	_ = server.Close()
	return nil, nil, errors.Join(errors.New("the server refuses the pooler"), err)
}

// transaction passes on messages until the server is outside of a transaction.
func (p *Pooler) transaction(client, server net.Conn, next []byte) error {
	for {
		if _, err := server.Write(next); err != nil {
			return err
		}
		if next[0] == 'Q' || next[0] == 'S' { // the server answers
			text, err := answer(server)
			if _, failed := client.Write(text); err != nil || failed != nil {
				return errors.Join(err, failed)
			}
			if text[len(text)-1] == 'I' {
				return nil
			}
		}
		var err error
		if next, err = message(client, true); err != nil {
			return err
		}
		if next[0] == 'X' {
			return io.EOF
		}
	}
}

// answer reads messages of the server up to the one that says that it is ready.
func answer(server net.Conn) ([]byte, error) {
	var all []byte
	for {
		one, err := message(server, true)
		if all = append(all, one...); err != nil || one[0] == 'Z' {
			return all, err
		}
	}
}

// message reads a message, with its kind or without.
func message(from net.Conn, kind bool) ([]byte, error) {
	head := make([]byte, 4, 5)
	if kind {
		head = head[:5]
	}
	if _, err := io.ReadFull(from, head); err != nil {
		return nil, err
	}
	size := int(binary.BigEndian.Uint32(head[len(head)-4:])) - 4
	if size < 0 || size > maxMessage {
		return nil, errors.New("a message of an impossible size")
	}
	text := append(head, make([]byte, size)...)
	_, err := io.ReadFull(from, text[len(head):])
	return text, err
}
