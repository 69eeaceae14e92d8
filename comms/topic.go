package comms

import (
	"slices"
	"strings"
)

// answerMarks holds the words by which mail programs mark answers and forwards in the languages of their users.
var answerMarks = [...]string{
	"re", "fw", "fwd", // English, and most others
	"aw", "wg", // German
	"sv", "vb", "vs", "vl", "svar", // Swedish, Danish, Norwegian, Finnish
	"tr", "rép", "rv", "res", "enc", "r", "i", "rif", // French, Spanish, Portuguese, Italian
	"antw", "doorst", // Dutch
	"odp", "pd", "odg", "vá", "atb", "ats", // Polish, Croatian, Serbian, Hungarian, Latvian, Lithuanian
	"ynt", "ilt", "bls", "trs", // Turkish, Indonesian
	"απ", "σχετ", "πρθ", "отв", "ответ", // Greek, Russian
	"回复", "回覆", "答复", "答覆", "转发", "轉寄", "轉發", // Chinese
	"返信", "転送", "회신", "답장", "전달", // Japanese, Korean
	"השב", "הועבר", "رد", // Hebrew, Arabic
	"external", "extern", "ext", // of a gateway
}

// topic returns a subject as subjects are compared: in lower case, without repeated spaces, marks of answers and the
// tag of a gateway that calls a mail external.
func topic(subject string) string {
	s := strings.ToLower(strings.Join(strings.Fields(subject), " "))
	for {
		rest, ok := cutMark(s)
		if !ok {
			return s
		}
		s = strings.TrimSpace(rest)
	}
}

// cutMark removes one mark like "re:", "re[2]:", "回复：" or "[external]" from a text in lower case.
func cutMark(s string) (rest string, ok bool) {
	if strings.HasPrefix(s, "[") {
		tag, rest, ok := strings.Cut(s[1:], "]")
		return rest, ok && (tag == "ext" || strings.Contains(tag, "extern"))
	}
	head, rest, ok := strings.Cut(strings.Replace(s, "：", ":", 1), ":")
	if !ok {
		return s, false
	}
	if open := strings.IndexAny(head, "[(^"); open > 0 { // the number of the answer
		head = head[:open]
	}
	return rest, slices.Contains(answerMarks[:], strings.TrimSpace(head))
}
