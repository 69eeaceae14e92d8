package value

// Code is the permanent identifier of a rule, a reason or a kind of bad input,
// for example "comp.role_based" or "money.scale.excess". A code may be retired,
// it never gets another meaning. Codes are compared bytewise. The zero value is
// no code and is never returned by this module.
//
// Code is an error, so that errors.Is works on it:
//
//	if errors.Is(err, value.MoneyScaleExcess) { … }
type Code string

// Error returns the code itself; it makes Code usable as the target of
// errors.Is. A bare Code is never returned as an error.
func (c Code) Error() string { return string(c) }
