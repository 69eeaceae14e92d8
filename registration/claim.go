package registration

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

const (
	maxEvents   = 64
	maxCopied   = 2 * maxEvents  // events of a claim that was merged from copies
	maxAhead    = 24 * time.Hour // how far the instants of a copy may be ahead of the store's
	maxKeyTerms = 32
	maxKeyText  = 2048 // bytes

	maxClaimBytes = 8 << 20 // more than any claim that [Rules.Import] accepts
)

// Claim is a party's dated claim on an account, with its events. It is a plain fact to store, and its slices must
// not be changed. [Rules.Standings] computes its status as of an instant, so no job has to run when it expires.
// [Rules.Import] refuses the zero value.
type Claim struct {
	// unique in the registry; 1 to 128 bytes of visible text
	ID        string       `json:"id" wire:"needed,1..128"`
	Claimant  model.Party  `json:"claimant" wire:"needed"`
	Filing    Filing       `json:"filing" wire:"needed"`
	Key       matching.Key `json:"key,omitzero"`                // of the account, made when the claim was filed
	Submitted time.Time    `json:"submitted" wire:"needed,set"` // stamped by the store, in UTC
	Events    []Event      `json:"events,omitzero"`             // in the order of their instants
}

// Event is one step that somebody took with a claim.
type Event struct {
	Do     Verb         `json:"do" wire:"needed"`
	By     model.Person `json:"by" wire:"needed"`
	At     time.Time    `json:"at" wire:"needed,set"` // stamped by the registry
	Reason string       `json:"reason,omitzero"`      // needed to reject and to admit; at most 4,096 bytes
	// of an extension: when a stage was advanced or a task was done
	Progress time.Time   `json:"progress,omitzero"`
	To       model.Party `json:"to,omitzero"` // of a handover: who gets the claim
	// of an approval, set by the rules that decide on it; nil: those of the policy that reads the claim
	Terms *Terms `json:"terms,omitzero"`
}

// MarshalJSON returns the canonical form, which [Claim.UnmarshalJSON] reads back as an equal claim.
func (c Claim) MarshalJSON() ([]byte, error) { return wire.Marshal(&c) }

// UnmarshalJSON reads a claim of at most 8 MiB strictly: lists of at most 1,000 entries, texts of at most 4,096
// bytes. It reports all problems at once, with paths inside the claim. [Rules.Import] checks the claim itself.
func (c *Claim) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxClaimBytes, c) }

// compareEvents orders events by instant, then in a fixed order, so that every replica applies them alike. Of an
// approval with its terms and the same one without them, the one with the terms comes first.
func compareEvents(a, b Event) int {
	bareA, bareB := a, b
	bareA.Terms, bareB.Terms = nil, nil
	order := cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Do, b.Do), wire.Compare(&bareA, &bareB))
	switch {
	case order != 0 || a.Terms == nil && b.Terms == nil:
		return order
	case a.Terms == nil:
		return 1
	case b.Terms == nil:
		return -1
	}
	return wire.Compare(a.Terms, b.Terms)
}

// compareClaims orders claims by stamp, then by id (reg.first_wins).
func compareClaims(a, b *Claim) int {
	return cmp.Or(a.Submitted.Compare(b.Submitted), cmp.Compare(a.ID, b.ID))
}

// last returns the instant of the last event, or of the submission if there is none.
func (c *Claim) last() time.Time {
	if n := len(c.Events); n > 0 {
		return c.Events[n-1].At
	}
	return c.Submitted
}

// Import checks a claim from another replica or an import and returns it in canonical form, in UTC. Its instants may
// be up to a day after now, the store's instant, because clocks differ. A key that decides is kept, any other is made
// anew. Errors, all at once, with paths such as events[1].at: claim.id, fact.instant, claim.order for an instant
// before the one before it or more than a day after now, claim.excess above 128 events, [ActionUnknown],
// event.reason.missing for a reason that is too long or not visible (none is needed), party.org for a handover to
// nobody, registration.days for terms out of their bounds, and those of a filing, see [Rules.Submit]. It does not
// check whether somebody may take a step: a step that the claim could not take changes nothing in its standing.
func (r *Rules) Import(c Claim, now time.Time) (Claim, error) {
	if err := r.made(); err != nil {
		return Claim{}, err
	}
	var problems value.Errors
	problems.Add("id", checkText(claimID, c.ID, maxKey, "is not an id; write 1 to 128 bytes of text"))
	filed, err := r.file(c.Claimant, c.Filing)
	problems.Add("", err)
	c.Filing = filed.Filing
	if !c.Key.Decides() {
		c.Key = filed.Key
	}
	problems.Add("key", checkKey(c.Key))
	limit := now.Add(maxAhead)
	c.Submitted = c.Submitted.UTC().Round(0)
	problems.Add("submitted", checkInstant(c.Submitted, time.Time{}, limit))
	if n := len(c.Events); n > maxCopied {
		problems.Add("events", tooManyEvents(n))
		return Claim{}, problems
	}
	c.Events = slices.Clone(c.Events)
	last := c.Submitted
	for i, e := range c.Events {
		e.At, e.Progress = e.At.UTC().Round(0), e.Progress.UTC().Round(0)
		problems.Add(value.Index("events", i), r.checkCopied(e, last, limit))
		last, c.Events[i] = e.At, e
	}
	return c, problems.Err()
}

// checkCopied checks the form of an event from elsewhere; the standing shows whether it counts here.
func (r *Rules) checkCopied(e Event, from, limit time.Time) error {
	var problems value.Errors
	problems.Add("do", actionNames.Check(e.Do))
	problems.Add("at", checkInstant(e.At, from, limit))
	problems.Add("by", r.checkPerson(e.By))
	problems.Add("reason", checkReason(e.Reason, false))
	if !e.Progress.IsZero() {
		problems.Add("progress", checkInstant(e.Progress, time.Time{}, limit))
	}
	problems.Add("to", r.checkReceiver(e))
	if e.Terms != nil {
		problems.Add("terms", wire.Check(e.Terms))
	}
	return problems.Err()
}

func tooManyEvents(n int) error {
	return value.NewError(claimExcess, strconv.Itoa(n)+" events", "are above the limit of "+strconv.Itoa(maxCopied))
}

// checkKey bounds a key from elsewhere.
func checkKey(k matching.Key) error {
	texts := append(slices.Clone(k.Domains), k.Name, k.Country)
	for _, id := range k.IDs {
		texts = append(texts, string(id.Scheme), id.Value)
	}
	long := slices.ContainsFunc(texts, func(s string) bool { return len(s) > maxKeyText })
	if long || len(k.IDs) > maxKeyTerms || len(k.Domains) > maxKeyTerms {
		return value.NewError(claimExcess, "the key", "is longer than the key of any account")
	}
	return nil
}

func checkInstant(at, from, limit time.Time) error {
	if err := wire.CheckInstant(at, "says when it was done"); err != nil {
		return err
	}
	switch {
	case at.Before(from):
		return value.NewError(claimOrder, instant(at), "is before what came first, "+instant(from))
	case at.After(limit):
		return value.NewError(claimOrder, instant(at), "is more than a day ahead of the store")
	}
	return nil
}

func instant(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

// Union merges two copies of one claim in canonical form ([Rules.Import]): the result has the events of both, each
// once, by instant, in whatever order copies are merged, and an approval with its terms if one copy has them; the key
// is that of c. Copies with another id, claimant, stamp or filing are a [ClaimCopies] error, more than 128 events
// claim.excess.
func (c Claim) Union(other Claim) (Claim, error) {
	if c.ID != other.ID || c.Claimant != other.Claimant || !c.Submitted.Equal(other.Submitted) ||
		!c.Filing.equal(other.Filing) {
		return Claim{}, refused(value.Conflict, ClaimCopies, other.ID,
			"is a copy that differs in what was filed; an id belongs to one claim")
	}
	events := slices.Concat(c.Events, other.Events)
	slices.SortFunc(events, compareEvents)
	c.Events = slices.CompactFunc(events, func(a, b Event) bool {
		bare := a.Terms == nil || b.Terms == nil
		return compareEvents(a, b) == 0 || bare && a.At.Equal(b.At) && a.repeats(b)
	})
	if n := len(c.Events); n > maxCopied {
		return Claim{}, tooManyEvents(n)
	}
	return c, nil
}
