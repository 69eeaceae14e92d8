package comms

import (
	"time"

	"github.com/coselling/coselling/value"
)

// message is whether the key messages are agreed.
type message struct{ record }

// judge checks comm.one_message: the key messages are agreed at the start of the
// first meeting with the prospect that the deal has, at the latest.
func (*message) judge(k *known, v *verdict) {
	i := from(k.met, k.deal.Opened, startOf)
	if i == len(k.met) || !k.judged(k.met[i]) {
		return
	}
	first, agreed := k.met[i], k.deal.Agreed
	if agreed.After(k.now) {
		v.at(agreed)
		agreed = time.Time{}
	}
	evidence := []string{first.ID}
	operands := []value.Operand{value.Op("subject", first.title()), value.Op("start", first.At)}
	switch {
	case !agreed.IsZero() && !agreed.After(first.At):
	case k.now.Before(first.At):
		v.ask(0, first.At, evidence, OneMessage,
			"both sides agree the key messages in the shared deal plan before the first meeting, {subject} at {start}", operands...)
		v.at(first.At)
	default:
		template := "no key messages were agreed before the first meeting, {subject} at {start}"
		if !agreed.IsZero() {
			template += ", only at {agreed}"
			operands = append(operands, value.Op("agreed", agreed))
		}
		v.find(0, first.At, agreed, evidence, OneMessage, template, operands...)
	}
}
