package coselling

import (
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const (
	maxText = 4096 // bytes of any text
	maxID   = 998  // bytes of a fact's id, a line of a mail
	maxList = 1000 // elements of a list, where nothing else is said

	firstSecond = -62_135_596_800 // of Unix time: the year 1 begins
	lastSecond  = 253_402_300_799 // the last second of the year 9999

	// maxProblems bounds how many problems of a record are told at once.
	maxProblems = 1000
)

// checkID refuses an id that is missing, too long or not UTF-8.
func checkID(code value.Code, id string, limit int) error {
	if id == "" || len(id) > limit || !utf8.ValidString(id) {
		return value.NewError(code, value.Quote(id), "is no id; give 1 to "+strconv.Itoa(limit)+" bytes of UTF-8")
	}
	return nil
}

// checkText refuses text that cannot be written, or that is too long.
func checkText(s string) error {
	if len(s) > maxText || !utf8.ValidString(s) {
		return value.NewError(FactText, value.Quote(s), "is no text of at most "+strconv.Itoa(maxText)+" bytes of UTF-8")
	}
	return nil
}

// checkTexts checks a list of texts.
func checkTexts[T ~string](problems *value.Errors, path string, texts []T) {
	checkEach(problems, path, texts, maxList, func(s *T) error { return checkText(string(*s)) })
}

// checkEach checks every element of a list, unless it is too long.
func checkEach[T any](problems *value.Errors, path string, list []T, limit int, check func(*T) error) {
	if len(list) > limit {
		problems.Add(path, tooMany(len(list), limit))
		return
	}
	for i := range list {
		if err := check(&list[i]); err != nil {
			problems.Add(value.Index(path, i), err)
		}
		if len(*problems) >= maxProblems {
			return
		}
	}
}

func tooMany(n, limit int) error {
	return value.NewError(FactExcess, strconv.Itoa(n), "are more than the limit, which is "+strconv.Itoa(limit))
}

// checkInstant refuses an instant that no document holds.
func checkInstant(t time.Time) error {
	if t.IsZero() {
		return value.NewError(FactInstant, "nothing", "says when it happened")
	}
	return checkYear(t)
}

// checkYear does the same for an instant that may lack.
func checkYear(t time.Time) error {
	if t.IsZero() {
		return nil
	}
	if second := t.Unix(); second < firstSecond || second > lastSecond {
		return value.NewError(FactInstant, "the year "+strconv.Itoa(t.UTC().Year()), "is outside 1 to 9999")
	}
	return nil
}

// checkNumber refuses a number that is none of a closed enumeration; 0 is unset.
func checkNumber[T ~uint8](code value.Code, v, last T) error {
	if v > last {
		return value.NewError(code, "the number "+strconv.Itoa(int(v)), "stands for nothing; the highest is "+strconv.Itoa(int(last)))
	}
	return nil
}

// checkPerson checks a person who may lack.
func checkPerson(p *model.Person) error {
	var problems value.Errors
	problems.Add("name", checkText(p.Name))
	problems.Add("party", checkParty(&p.Party))
	return problems.Err()
}

func checkParty(p *model.Party) error {
	var problems value.Errors
	problems.Add("side", checkNumber(model.SideUnknown, p.Side, model.Vendor))
	problems.Add("org", checkText(p.Org))
	return problems.Err()
}
