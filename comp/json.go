package comp

import "github.com/coselling/coselling/internal/wire"

// maxBookingBytes bounds a booking, and a payee: a thousand payees with a hundred
// contributions each, of ids of 256 bytes.
const maxBookingBytes = 32 << 20

// MarshalJSON returns the canonical form: members in a fixed order, payees in theirs,
// what is empty left out. [Booking.UnmarshalJSON] gives an equal booking back.
func (b Booking) MarshalJSON() ([]byte, error) { return wire.Marshal(&b) }

// UnmarshalJSON reads a booking, at most 1,000 payees. It is strict: id is needed, an
// unknown, repeated or wrongly cased member, an unknown name and what is no amount or
// day are refused. Whether the booking can be priced says [Plan.Statement].
func (b *Booking) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxBookingBytes, b) }

// MarshalJSON returns the canonical form: members in a fixed order, what is empty left
// out, a rate and a share of nought included. [Payee.UnmarshalJSON] gives an equal
// payee back.
func (p Payee) MarshalJSON() ([]byte, error) { return wire.Marshal(&p) }

// UnmarshalJSON reads a payee. It is strict: rep is needed, an unknown, repeated or
// wrongly cased member, an unknown role and what is no percentage are refused. Whether
// the payee can be credited says [Plan.Statement].
func (p *Payee) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxBookingBytes, p) }
