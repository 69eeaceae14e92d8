package comms

import (
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/value"
)

const (
	maxPolicyBytes = 64 << 10
	maxPolicyDepth = 4
	maxDurationLen = 16
)

// policyWire is the JSON form of [Policy]. Pointers tell a missing member from a zero one.
type policyWire struct {
	SyncEvery     *string `json:"sync_every" schema:"duration"`
	SyncAtMost    *string `json:"sync_at_most" schema:"duration"`
	NotesWithin   *string `json:"notes_within" schema:"duration"`
	NotifyWithin  *string `json:"notify_within" schema:"duration"`
	AnswerWithin  *string `json:"answer_within" schema:"duration"`
	PrepLength    *string `json:"prep_length" schema:"duration"`
	DebriefLength *string `json:"debrief_length" schema:"duration"`
	DebriefDays   *int    `json:"debrief_days" schema:"1..30"` // how many business days a debrief may take
}

// texts lists the lengths of time in the order of [Policy.durations].
func (w *policyWire) texts() [7]**string {
	return [...]**string{&w.SyncEvery, &w.SyncAtMost, &w.NotesWithin, &w.NotifyWithin, &w.AnswerWithin, &w.PrepLength, &w.DebriefLength}
}

// ParsePolicy reads the JSON form of a policy, at most 64 KiB. Every member is
// needed; a repeated, unknown or wrongly cased one and trailing data are refused,
// the first with its path. Problems of values are returned all at once:
// [PolicyDuration] and [PolicyRange]. What ParsePolicy returns, [Compile] takes.
func ParsePolicy(data []byte) (Policy, error) {
	policy, err := parsePolicy(data)
	return policy, value.In("comms", err)
}

func parsePolicy(data []byte) (Policy, error) {
	var wire policyWire
	if err := strictjson.Decode(data, &wire, strictjson.Limits{Bytes: maxPolicyBytes, Depth: maxPolicyDepth}); err != nil {
		return Policy{}, err
	}
	var problems value.Errors
	p := DefaultPolicy() // what cannot be read causes no further problem
	texts := wire.texts()
	for i, d := range p.durations() {
		parsed, err := parseDuration(**texts[i])
		if err != nil {
			problems.Add(d.name, err)
			continue
		}
		*d.at = parsed
	}
	p.DebriefDays = *wire.DebriefDays
	problems.Add("", p.Check())
	if err := problems.Err(); err != nil {
		return Policy{}, err
	}
	return p, nil
}

// MarshalJSON returns the canonical form: every member, in a fixed order, lengths of
// time in hours, minutes and seconds. [ParsePolicy] gives an equal policy back. A
// policy that [Compile] refuses is written as it stands.
func (p Policy) MarshalJSON() ([]byte, error) {
	wire := policyWire{DebriefDays: new(p.DebriefDays)}
	texts := wire.texts()
	for i, d := range p.durations() {
		*texts[i] = new(formatDuration(*d.at))
	}
	return json.Marshal(wire, json.Deterministic(true))
}

// UnmarshalJSON is [ParsePolicy] for a policy inside another document. The paths of
// its errors begin inside the policy; the document knows where that stands.
func (p *Policy) UnmarshalJSON(data []byte) error {
	parsed, err := parsePolicy(data)
	if err != nil {
		return err
	}
	*p = parsed
	return nil
}

// parseDuration reads whole hours, minutes and seconds, like 168h or 1h30m.
func parseDuration(s string) (time.Duration, error) {
	if s == "" || len(s) > maxDurationLen || strings.Trim(s, "0123456789hms") != "" {
		return 0, durationFormat(s)
	}
	d, err := time.ParseDuration(s)
	if err != nil || strings.Contains(s, "ms") {
		return 0, durationFormat(s)
	}
	return d, nil
}

func durationFormat(s string) error {
	return value.NewError(PolicyDuration, value.Quote(s), "is no length of time; write whole hours, minutes and seconds like 168h or 1h30m")
}

// formatDuration writes what parseDuration reads, without what is nought.
func formatDuration(d time.Duration) string {
	if d <= 0 || d%time.Second != 0 {
		return d.String()
	}
	var b []byte
	for _, unit := range [...]struct {
		name   byte
		length time.Duration
	}{{'h', time.Hour}, {'m', time.Minute}, {'s', time.Second}} {
		if n := d / unit.length; n > 0 {
			b = append(strconv.AppendInt(b, int64(n), 10), unit.name)
			d -= n * unit.length
		}
	}
	return string(b)
}
