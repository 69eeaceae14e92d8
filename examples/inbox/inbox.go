package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/value"
)

const (
	maxFiles    = 10_000
	maxMail     = 25 << 20 // bytes; what mail servers take
	maxCalendar = 4 << 20
	// around is how far series are read before the opening and after the instant of the question.
	around = 90 * 24 * time.Hour
)

// inbox holds the mails and calendars of one deal as activities.
type inbox struct {
	facts    facts
	deal     comms.Facts
	blockers blockers
	mails    []message
	events   []event
	log      []logged
	problems []problem
	works    map[string]*work // what is left for the series of each file
}

// logged is an activity with the file that it came from.
type logged struct {
	file     string
	activity comms.Activity
}

// problem is a file, or a part of it, that was left out, with the reason.
type problem struct {
	file string
	err  error
}

func (p *inbox) leave(file string, err error) { p.problems = append(p.problems, problem{file, err}) }

// readInbox reads the folder of one deal: deal.json, and every .eml and .ics file.
// A file that cannot be read is left out with the reason. A zero asOf is replaced by the
// instant in deal.json.
func readInbox(folder fs.FS, asOf time.Time) (*inbox, error) {
	data, err := readFile(folder, "deal.json", maxCalendar)
	if err != nil {
		return nil, err
	}
	p := &inbox{works: map[string]*work{}}
	if p.facts, p.deal, err = readFacts(data); err != nil {
		return nil, fmt.Errorf("deal.json: %w", err)
	}
	if !asOf.IsZero() {
		p.facts.AsOf = asOf
	}
	if p.blockers, err = readBlockers(folder); err != nil {
		return nil, err
	}
	entries, err := fs.ReadDir(folder, ".") // by name
	if err != nil {
		return nil, err
	}
	if len(entries) > maxFiles {
		return nil, errors.New("more than 10000 files in one folder are not read")
	}
	for _, entry := range entries {
		p.read(folder, entry.Name())
	}
	log, problems := mailLog(p.deal, p.mails)
	p.log, p.problems = append(p.log, log...), append(p.problems, problems...)
	events, problems := occurrences(p.events, p.deal.Opened.Add(-around), p.facts.AsOf.Add(around), p.work)
	p.problems = append(p.problems, problems...)
	eventLog(p, events)
	return p, nil
}

func (p *inbox) read(folder fs.FS, name string) {
	switch strings.ToLower(path.Ext(name)) {
	case ".eml":
		data, err := readFile(folder, name, maxMail)
		if err == nil {
			err = p.readMail(name, data)
		}
		if err != nil {
			p.leave(name, err)
		}
	case ".ics":
		data, err := readFile(folder, name, maxCalendar)
		if err == nil {
			err = p.readCalendar(name, data)
		}
		if err != nil {
			p.leave(name, err)
		}
	}
}

// readMail adds a mail and the invitations in it.
func (p *inbox) readMail(name string, data []byte) error {
	m, err := parseMessage(name, data)
	if err != nil {
		return err
	}
	if m.cut != nil {
		p.leave(name, m.cut)
	}
	var problems value.Errors
	for _, calendar := range m.calendars {
		problems.Add("calendar", p.readCalendar(name, calendar))
	}
	m.calendars = nil // they are not kept
	p.mails = append(p.mails, m)
	return problems.Err()
}

// readCalendar adds the readable entries of a calendar.
func (p *inbox) readCalendar(name string, data []byte) error {
	if len(data) > maxCalendar {
		return bytesLimit(maxCalendar)
	}
	reader := calendarReader{file: name, zone: p.deal.Zone, until: p.facts.AsOf.Add(around), work: p.work(name)}
	events, err := reader.read(data)
	p.events = append(p.events, events...)
	return err
}

// work returns what is left for the series of a file.
func (p *inbox) work(file string) *work {
	if p.works[file] == nil {
		p.works[file] = newWork()
	}
	return p.works[file]
}

// readFile reads a file of a bounded size.
func readFile(folder fs.FS, name string, limit int) ([]byte, error) {
	file, err := folder.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, int64(limit)+1))
	if err != nil {
		return nil, err
	}
	if len(data) > limit {
		return nil, bytesLimit(limit)
	}
	return data, nil
}

// report judges the log. An activity that the rules refuse is left out.
func (p *inbox) report() (comms.Report, error) {
	rules, err := comms.Compile(p.facts.Policy)
	if err != nil {
		return comms.Report{}, err
	}
	tracker, err := rules.Track(p.deal)
	if err != nil {
		return comms.Report{}, err
	}
	for _, l := range p.log {
		if err := tracker.Add(l.activity); err != nil {
			p.leave(l.file, err)
		}
	}
	return tracker.Report(p.facts.AsOf), nil
}
