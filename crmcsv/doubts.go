package crmcsv

import (
	"cmp"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// doubts holds what was read and may still be wrong.
type doubts struct {
	small, again places
	alike        map[string]string // the first rep with each folded id
	reps         []value.Reason    // about reps whose ids are alike
}

// places counts the places of one doubt.
type places struct{ count, line int }

func (p *places) add(line int) {
	if p.count++; p.count == 1 {
		p.line = line
	}
}

// mostDoubts is the largest number of pairs of reps that are reported.
const mostDoubts = 20

// meet notes a rep whose id differs from that of an earlier one by form only.
func (d *doubts) meet(rep string, line int) {
	form := folded(rep)
	first, ok := d.alike[form]
	switch {
	case !ok:
		d.alike[form] = rep
	case first != rep && len(d.reps) < mostDoubts:
		const says = "{rep}, first on line {line}, differs from {other} by case or blanks only; they count as two reps"
		d.reps = append(d.reps, value.NewReason("row.rep.alike", says,
			value.Op("rep", value.Quote(rep)), value.Op("line", line), value.Op("other", value.Quote(first))))
	}
}

// rate notes a rate that may have been meant as a part of one.
func (d *doubts) rate(s *source, rate value.Percent, line int) {
	const onePercent = 1_000_000 // millionths
	if rate.Millionths() > 0 && rate.Millionths() < onePercent && s.Format.only() == percentFormats[1] {
		d.small.add(line)
	}
}

// Doubts returns what [Reader.Read] has read so far and may still be wrong, in a new slice: reps whose ids differ by
// form only, at most 20 of them (row.rep.alike); rates below 1% in a column of percentages (row.rate.small); and deals
// with the id of an earlier row that was left out (row.id.again). The doubts of the mapping are [Mapping.Doubts].
func (r *Reader) Doubts() []value.Reason {
	d := &cmp.Or(r, new(Reader)).doubts
	list := slices.Clone(d.reps)
	if d.small.count > 0 {
		const says = "rates below 1% in a column of percentages: {count}, the first on line {line}; 0.3 is 0.3%, and " +
			"30% in the format fraction"
		list = append(list, d.small.reason("row.rate.small", says))
	}
	if d.again.count > 0 {
		const says = "deals with the id of a row that was left out: {count}, the first on line {line}; they were read"
		list = append(list, d.again.reason("row.id.again", says))
	}
	return list
}

func (p places) reason(code value.Code, says string) value.Reason {
	return value.NewReason(code, says, value.Op("count", p.count), value.Op("line", p.line))
}

// Skipped returns the number of rows so far that are no deals and no mistakes: titles above the header, and in a file
// of three columns or more the rows with at most one filled cell, which are blank, titles or footers.
func (r *Reader) Skipped() int { return cmp.Or(r, new(Reader)).skipped }

// count notes the ids of rows that were left out, and counts later deals with the same id.
func (r *Reader) count(b *comp.Booking, bad bool) {
	line := r.row.bad.Line
	switch {
	case b.ID == "":
	case !bad && r.left.line(b.ID, r.row.mark) > 0:
		r.doubts.again.add(line)
	case bad && r.left.line(b.ID, r.row.mark) == 0 && r.ids.line(b.ID, r.row.mark) == 0:
		r.left.add(b.ID, r.row.mark)
	}
}
