package comp

import (
	"cmp"
	"strconv"

	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/value"
)

// MovementKind is the effect of a [Movement] on its deal. The zero value is unset and refused.
type MovementKind uint8

// The kinds, in the order in which the movements of one day count.
const (
	Received   MovementKind = 1 + iota // the customer paid: commission falls due (comp.cumulative)
	Reversed                           // the sale is undone: value, credit and commission go back (comp.clawback)
	Refunded                           // money went back: commission goes back, deal and credit stay
	WrittenOff                         // money that will not come: nothing more falls due, what was paid stays
)

var movementNames = enum.Of[MovementKind]("movement.kind.unknown", "received", "reversed", "refunded", "written_off")

// String returns the kind's name, such as "written_off"; "" for the zero value and unknown numbers.
func (k MovementKind) String() string { return movementNames.Name(k) }

// MarshalText returns what String returns.
func (k MovementKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads what String returns; anything else is a movement.kind.unknown error.
func (k *MovementKind) UnmarshalText(text []byte) error { return movementNames.Read(k, text) }

// Movement is money received or refunded on a deal, a write-off, or a reversal of a part of it. The movements of one
// day count in the order of their kinds, then by id: their order in a list does not matter.
type Movement struct {
	ID   string       `json:"id" wire:"needed"` // 1 to 256 bytes; neither the deal nor another movement has it
	Of   string       `json:"of" wire:"needed"` // the deal's id
	Kind MovementKind `json:"kind" wire:"needed"`
	// a positive part of the deal's value; zero for all that is left to receive, refund, write off or reverse
	Amount value.Money `json:"amount,omitzero"`
	On     value.Date  `json:"on" wire:"needed"` // the day; only money received or refunded may precede the closing
}

const (
	maxMovements = 1000    // of one deal
	maxMoved     = 4 << 60 // minor units that are received on one day, less what is refunded
)

// order compares two movements of one deal.
func (m Movement) order(o Movement) int {
	return cmp.Or(m.On.Compare(o.On), cmp.Compare(m.Kind, o.Kind), cmp.Compare(m.ID, o.ID))
}

// balance holds the sums of a deal after some movements, in minor units of its value.
type balance struct {
	left      int64 // the value less what was reversed
	received  int64 // what was received, less what went back or counts as refunded by a reversal
	returning int64 // what counts as refunded by a reversal, and no refund has used up yet
	written   int64 // what was written off, less what was received after all
}

// rest returns the amount of a movement that stands for all that is left.
func (b *balance) rest(k MovementKind) int64 {
	switch k {
	case Received:
		return b.left - b.received
	case Reversed:
		return b.left
	case Refunded:
		return b.received + b.returning
	default:
		return b.left - b.received - b.written
	}
}

func (b *balance) move(k MovementKind, amount int64) {
	switch k {
	case Received:
		b.received += amount
	case Reversed:
		b.left -= amount
		if over := b.received - b.left; over > 0 {
			b.returning, b.received = b.returning+over, b.left
		}
	case Refunded:
		used := min(amount, b.returning)
		b.returning -= used
		b.received -= amount - used
	case WrittenOff:
		b.written += amount
	}
	b.written = max(0, min(b.written, b.left-b.received))
}

// play moves a deal's money by movements in their order. It calls each, unless that is nil, before every movement.
func (p *Payout) play(moves []Movement, each func(i int, amount int64, before balance)) balance {
	b := balance{left: p.origin.Value.Minor()}
	for i := range moves {
		m := &moves[i]
		amount := m.Amount.Minor()
		if m.Amount.IsZero() {
			amount = b.rest(m.Kind)
		}
		if each != nil {
			each(i, amount, b)
		}
		b.move(m.Kind, amount)
	}
	return b
}

// judge refuses the first movement after which the money of a day does not add up. The movements are in order; where
// a new one is to blame, paths has its path by its id.
func (p *Payout) judge(all []Movement, paths map[string]string) (problems value.Errors) {
	blamed := map[MovementKind]string{} // the last new movement of each kind so far
	refuse := func(path string, minor int64, want string) {
		if len(problems) == 0 {
			problems.Refuse(path, MovementAbove, amountText(p.amount(minor)), want)
		}
	}
	p.play(all, func(i int, amount int64, b balance) {
		m := &all[i]
		if path, isNew := paths[m.ID]; isNew {
			blamed[m.Kind] = path + ".amount"
		}
		rest := b.rest(m.Kind)
		bounded := m.Kind == Reversed || m.Kind == WrittenOff
		if amount <= 0 || bounded && amount > rest || max(b.received, -b.received) > maxMoved {
			path := cmp.Or(blamed[m.Kind], blamed[Received], blamed[Reversed])
			refuse(path, amount, "is above what is left to be "+m.Kind.participle()+
				", "+p.amount(max(rest, 0)).String())
		}
		if b.move(m.Kind, amount); i+1 < len(all) && all[i+1].On == m.On {
			return
		}
		if b.received > b.left {
			refuse(cmp.Or(blamed[Received], blamed[Reversed]), b.received,
				"is received by "+m.On.String()+", above the value that is left, "+p.amount(b.left).String())
		}
		if b.received < 0 {
			refuse(cmp.Or(blamed[Refunded], blamed[Reversed]), -b.received,
				"is refunded by "+m.On.String()+" and was never received")
		}
	})
	return problems
}

func (k MovementKind) participle() string {
	if k == WrittenOff {
		return "written off"
	}
	return k.String()
}

// checkMovements refuses movements that are malformed alone or beside the known ones.
func (p *Payout) checkMovements(moves []Movement) (problems value.Errors) {
	known := len(p.moves)
	if !p.deferred {
		known-- // what was received at the closing
	}
	if known+len(moves) > maxMovements {
		got := strconv.Itoa(known+len(moves)) + " movements"
		want := "are more than the " + strconv.Itoa(maxMovements) + " that one deal may have"
		problems.Refuse("", MovementAbove, got, want)
		return problems
	}
	seen := map[string]bool{p.origin.Booking: true}
	for i := range p.moves {
		seen[p.moves[i].ID] = true
	}
	for i := range moves {
		m := &moves[i]
		at := value.Index("movements", i)
		problems.Add(at, m.check(&p.origin))
		if seen[m.ID] {
			problems.Add(at+".id", movementRepeated(m.ID))
		}
		seen[m.ID] = true
	}
	return problems
}

func movementRepeated(id string) error {
	const want = "is the id of a deal, or of another movement; give each movement another id"
	return value.NewError(MovementRepeated, value.Quote(id), want)
}

// check refuses a movement that does not fit its deal.
func (m *Movement) check(of *Statement) error {
	var problems value.Errors
	problems.Add("id", checkID(BookingID, m.ID))
	if m.Of != of.Booking {
		problems.Refuse("of", MovementOf, value.Quote(m.Of), "is not the deal, "+value.Quote(of.Booking))
	}
	problems.Add("kind", movementNames.Check(m.Kind))
	if early := m.Kind == Received || m.Kind == Refunded; m.On.IsZero() || m.On.Before(of.Date) && !early {
		want := "is no day on or after the day of winning, " + of.Date.String() + "; only money may move earlier"
		problems.Refuse("on", "movement.date", value.Quote(m.On.String()), want)
	}
	if !m.Amount.IsZero() && (m.Amount.Sign() <= 0 || m.Amount.Currency() != of.Value.Currency()) {
		want := "is not positive, or not in the deal's currency, " + value.Quote(of.Value.Currency().String())
		problems.Refuse("amount", "movement.amount", m.Amount.String(), want)
	}
	return problems.Err()
}
