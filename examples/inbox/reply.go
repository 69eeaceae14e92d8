package main

import (
	"regexp"
	"strings"
)

// A mail program writes one of these above the mail that is answered or forwarded, in the language of its user.
var (
	wrote = regexp.MustCompile(`(?i)((wrote|schrieb|geschrieben|a écrit|escribió|ha scritto|escreveu|schreef|skrev` +
		`|kirjoitti|napisał\(?a?\)?|napsala?|написала?|пишет|yazdı|írta|έγραψε|写道|写到|寫道|書きました|作成|작성)` +
		`|(schrieb|schreef|skrev) [^:：]{1,80}|@[^\s<>()]+[>)])\s*[:：]$`)
	timed  = regexp.MustCompile(`\d{1,2}[:.h]\d{2}|\d{4}|\d[./]\d`)
	dashes = regexp.MustCompile(`^\s*[-_]{3,}\s*([^-_\s].*[^-_\s])\s*[-_]{3,}\s*$`)
	kept   = regexp.MustCompile(`(?i)original|message|forward|nachricht|weitergeleitet|transf|mensaje|mensagem` +
		`|messaggio|inoltrat|bericht|doorgestuurd|meddel|melding|viesti|wiadomo|ileti|zpráva|üzenet|сообщение` +
		`|邮件|郵件|メッセージ|메시지`)
	sender = regexp.MustCompile(`(?i)^\s*\*{0,2}(from|von|de|da|van|från|fra|lähettäjä|od|kimden|gönderen|feladó` +
		`|от|από|发件人|寄件者|差出人|보낸\s?사람)\*{0,2}\s?[:：]`)
	headline  = regexp.MustCompile(`^\s*\*{0,2}\p{L}[\p{L} '-]{0,24}\*{0,2}\s?[:：]\*{0,2}\s*\S`)
	announced = regexp.MustCompile(`(?i)^\s*(begin forwarded message|anfang der weitergeleiteten nachricht` +
		`|début du message (transféré|réexpédié)|inizio messaggio inoltrato)\s?:\s*$`)
)

const maxHeadLine = 1000 // bytes

// ownWords returns a text without the mails that it quotes. Lines behind ">" go; below the head of a mail that is
// quoted without it nothing is the author's.
func ownWords(text string) string {
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\u00A0", " ").Replace(text), "\n")
	var own strings.Builder
	for i, line := range lines {
		below := lines[i+1:]
		if quoted(line) {
			continue
		}
		if len(line) > maxHeadLine { // no program writes such a head
			own.WriteString(line)
			own.WriteByte('\n')
			continue
		}
		if strings.HasSuffix(strings.TrimSpace(line), ":") && announced.MatchString(line) || headOfQuoted(line, below) {
			break
		}
		if attribution(lines, i) {
			if next := filled(below); next == "" || !quoted(next) {
				break
			}
			continue // the author's words may stand between the quoted ones
		}
		own.WriteString(line)
		own.WriteByte('\n')
	}
	return own.String()
}

func quoted(line string) bool { return strings.HasPrefix(strings.TrimLeft(line, " \t"), ">") }

// filled returns the first of the lines that has more than spaces.
func filled(lines []string) string {
	for _, line := range lines {
		if strings.TrimSpace(line) != "" {
			return line
		}
	}
	return ""
}

// attribution reports whether a line ends a sentence like: On 16 Nov 2026, Bo Lind <bo@us.example> wrote:
func attribution(lines []string, i int) bool {
	end := strings.TrimSpace(lines[i])
	return (strings.HasSuffix(end, ":") || strings.HasSuffix(end, "：")) && wrote.MatchString(end) &&
		timed.MatchString(strings.Join(lines[max(0, i-2):i+1], " "))
}

// headOfQuoted reports whether a line begins the head of another mail: a line like -----Original Message-----, or From:
// with at least two further headers below.
func headOfQuoted(line string, below []string) bool {
	if start := strings.TrimSpace(line); strings.HasPrefix(start, "---") || strings.HasPrefix(start, "___") {
		m := dashes.FindStringSubmatch(line)
		return m != nil && (kept.MatchString(m[1]) || sender.MatchString(filled(below)))
	}
	if !strings.ContainsAny(line, ":：") || !sender.MatchString(line) {
		return false
	}
	headers := 0
	for _, next := range below[:min(len(below), 8)] {
		if headline.MatchString(next) {
			headers++
		} else if strings.TrimSpace(next) != "" && headers == 0 {
			return false
		}
	}
	return headers >= 2
}
