package comms

import (
	"time"

	"github.com/coselling/coselling/value"
)

// judge checks comm.one_message: the key messages are agreed at the start of the
// first meeting with the prospect that the deal has, at the latest.
func (*message) judge(k *known) verdict {
	var v verdict
	i := from(k.met, k.deal.Opened, startOf)
	if i == len(k.met) || !k.judged(k.met[i]) {
		return v
	}
	first, agreed := k.met[i], k.deal.Agreed
	if agreed.After(k.now) {
		v.at(agreed)
		agreed = time.Time{}
	}
	operands := []value.Operand{value.Op("subject", first.title()), value.Op("start", first.At)}
	switch {
	case !agreed.IsZero() && !agreed.After(first.At):
	case k.now.Before(first.At):
		v.due = append(v.due, due(0, first.At, []string{first.ID}, OneMessage, "both sides agree the key messages in the shared deal plan before the first meeting, {subject} at {start}", operands...))
		v.at(first.At)
	case agreed.IsZero():
		v.find(finding(0, first.At, agreed, []string{first.ID}, OneMessage, "no key messages were agreed before the first meeting, {subject} at {start}", operands...))
	default:
		v.find(finding(0, first.At, agreed, []string{first.ID}, OneMessage, "no key messages were agreed before the first meeting, {subject} at {start}, only at {agreed}",
			append(operands, value.Op("agreed", agreed))...))
	}
	return v
}
