package main

import (
	"strconv"
	"strings"
	"time"

	"github.com/coselling/coselling/value"
)

// calendarTime reads a DATE-TIME of a calendar: in UTC, or else in the given zone. day reports a whole day, a DATE; its
// time is the midnight with which it begins.
func calendarTime(text string, zone *time.Location) (t time.Time, day bool, err error) {
	layout := "20060102T150405"
	switch utc, ok := strings.CutSuffix(text, "Z"); {
	case ok:
		text, zone = utc, time.UTC
	case len(text) == len("20060102"):
		layout, day = "20060102", true
	}
	if t, err = time.ParseInLocation(layout, text, zone); err != nil {
		return time.Time{}, false, value.NewError("inbox.calendar.time", value.Quote(text),
			"is no date with a time; write it like 20261102T090000Z")
	}
	return t, day, nil
}

// afterDuration adds a DURATION, such as PT1H30M or P1W, to a time. Weeks and days are those of the zone, hours pass.
func afterDuration(t time.Time, text string) (time.Time, error) {
	wrong := value.NewError("inbox.calendar.time", value.Quote(text), "is no duration; write it like PT1H30M")
	date, clock, timed := strings.Cut(strings.TrimPrefix(strings.ToUpper(text), "+"), "T")
	date, ok := strings.CutPrefix(date, "P")
	if !ok || date == "" && clock == "" || timed && clock == "" {
		return time.Time{}, wrong
	}
	days, ok := units(date, "WD", 7, 1)
	seconds, ok2 := units(clock, "HMS", 3600, 60, 1)
	if !ok || !ok2 {
		return time.Time{}, wrong
	}
	return t.AddDate(0, 0, days).Add(time.Duration(seconds) * time.Second), nil
}

// units adds up numbers of up to six digits, each before its letter, in the order of the letters.
func units(text, letters string, sizes ...int) (sum int, ok bool) {
	for i, size := range sizes {
		number, rest, found := strings.Cut(text, letters[i:i+1])
		if !found {
			continue
		}
		n, err := strconv.ParseUint(number, 10, 32)
		if err != nil || n > 999_999 {
			return 0, false
		}
		sum, text = sum+int(n)*size, rest
	}
	return sum, text == ""
}
