package main

import (
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"github.com/coselling/coselling/value"
)

// shift is an instant from which on a zone has another distance from UTC.
type shift struct {
	at     time.Time
	offset int // seconds
	summer bool
}

// ownZones returns the zones that a calendar describes itself, by name, with their shifts until an instant. The
// problems of single zones are returned beside the others.
func ownZones(calendar *ics.Calendar, until time.Time, left *work) (map[string]*time.Location, error) {
	zones := map[string]*time.Location{}
	var problems value.Errors
	for _, c := range calendar.Timezones() {
		name := ""
		if p := c.GetProperty(ics.ComponentPropertyTzid); p != nil {
			name = p.Value
		}
		zone, err := ownZone(name, c, until, left)
		problems.Add(value.Quote(name), err)
		if err == nil {
			zones[name] = zone
		}
	}
	return zones, problems.Err()
}

func ownZone(name string, c *ics.VTimezone, until time.Time, left *work) (*time.Location, error) {
	var shifts []shift
	before := 0 // the distance ahead of the first shift
	for _, part := range c.SubComponents() {
		base, summer := (*ics.ComponentBase)(nil), false
		switch p := part.(type) {
		case *ics.Standard:
			base = &p.ComponentBase
		case *ics.Daylight:
			base, summer = &p.ComponentBase, true
		default:
			continue
		}
		list, from, err := shiftsOf(base, summer, until, left)
		if err != nil {
			return nil, err
		}
		if len(list) > 0 && (len(shifts) == 0 || list[0].at.Before(shifts[0].at)) {
			before = from
		}
		shifts = append(shifts, list...)
		slices.SortStableFunc(shifts, func(a, b shift) int { return a.at.Compare(b.at) })
	}
	if len(shifts) == 0 {
		return nil, value.NewError("inbox.calendar.zone", value.Quote(name), "is described without a distance from UTC")
	}
	return time.LoadLocationFromTZData(name, zoneFile(before, shifts))
}

// shiftsOf returns the instants at which one part of a zone begins, and the distance from UTC before it.
func shiftsOf(c *ics.ComponentBase, summer bool, until time.Time, left *work) (list []shift, from int, err error) {
	text := func(name ics.ComponentProperty) string {
		if p := c.GetProperty(name); p != nil {
			return p.Value
		}
		return ""
	}
	from, err = offsetOf(text("TZOFFSETFROM"))
	if err != nil {
		return nil, 0, err
	}
	to, err := offsetOf(text("TZOFFSETTO"))
	if err != nil {
		return nil, 0, err
	}
	local := time.FixedZone("", from)
	s := series{rule: text(ics.ComponentPropertyRrule)}
	if s.start, _, err = calendarTime(text(ics.ComponentPropertyDtStart), local); err != nil {
		return nil, 0, err
	}
	for _, p := range c.GetProperties(ics.ComponentPropertyRdate) {
		for one := range strings.SplitSeq(p.Value, ",") {
			t, _, err := calendarTime(one, local)
			if err != nil {
				return nil, 0, err
			}
			s.added = append(s.added, t)
		}
	}
	starts, err := s.starts(time.Time{}, until, left)
	for _, at := range starts {
		list = append(list, shift{at, to, summer})
	}
	return list, from, err
}

// offsetOf reads a distance from UTC, such as -0330 or +023015, in seconds.
func offsetOf(text string) (int, error) {
	n, err := strconv.ParseUint(strings.TrimLeft(text, "+-"), 10, 32)
	if len(text) == len("-0330") {
		n *= 100
	} else if len(text) != len("+023015") {
		err = strconv.ErrSyntax
	}
	seconds := int(n/10000*3600 + n/100%100*60 + n%100)
	if err != nil || seconds >= 24*3600 {
		return 0, value.NewError("inbox.calendar.zone", value.Quote(text),
			"is no distance from UTC; write it like +0100")
	}
	if text[0] == '-' {
		return -seconds, nil
	}
	return seconds, nil
}

// zoneFile writes a zone as the time package loads it (TZif, RFC 8536): the distance ahead of all shifts, and the
// shifts.
func zoneFile(before int, shifts []shift) []byte {
	header := func(data []byte, shifts, kinds, chars int) []byte {
		data = append(append(data, "TZif2"...), make([]byte, 15)...)
		for _, n := range []int{0, 0, 0, shifts, kinds, chars} {
			data = binary.BigEndian.AppendUint32(data, uint32(n))
		}
		return data
	}
	kinds := []shift{{offset: before}}
	var places []byte
	for _, s := range shifts {
		s.at = time.Time{}
		place := slices.Index(kinds[1:], s) + 1
		if place == 0 {
			if place = len(kinds); place == 255 {
				break
			}
			kinds = append(kinds, s)
		}
		places = append(places, byte(place))
	}
	data := header(nil, 0, 0, 0) // for readers of 32 bits
	data = header(data, len(places), len(kinds), 4)
	for _, s := range shifts[:len(places)] {
		data = binary.BigEndian.AppendUint64(data, uint64(s.at.Unix()))
	}
	data = append(data, places...)
	for _, k := range kinds {
		data = binary.BigEndian.AppendUint32(data, uint32(int32(k.offset)))
		summer := byte(0)
		if k.summer {
			summer = 1
		}
		data = append(data, summer, 0)
	}
	return append(data, "own\x00\n\n"...)
}
