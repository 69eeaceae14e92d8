package main

import (
	"regexp"
	"slices"
	"strings"
)

// Expected is one change that is meant. It says what changed either by translations,
// which make what was into what is, or by a rule that recognises what differs.
type Expected struct {
	ID    string         // short and permanent
	Says  string         // what changed, in a sentence
	Kinds *regexp.Regexp // the kinds of documents that it concerns

	// Input makes a document of the old form into one of the new form, before it is given
	// to the program as it is now. It changes the tree where it has to.
	Input func(document *Node)
	// Output does the same for a text that the program as it was made of the document;
	// name is the text's name. It is asked about texts that are JSON.
	Output func(name string, text *Node)
	// Differs reports whether a difference is this change. It is asked about differences
	// that the translations leave.
	Differs func(d Difference) bool
}

// expected lists every change that is meant. CHANGELOG.md lists them for people.
var expected = []Expected{
	{
		ID: "person", Says: "a person of a deal belongs to a party",
		Kinds: regexp.MustCompile(`^(deal|comms\.person|views\.world)$`),
		Input: people, Output: func(_ string, text *Node) { people(text) },
	},
	{
		ID: "roster", Says: "a person of a roster has the one form of a person",
		Kinds: regexp.MustCompile(`^(escalation\.roster|views\.world|views\.escalation)$`),
		Input: roster, Output: func(_ string, text *Node) { roster(text) },
	},
	{
		ID: "payee", Says: "a payee of a comparison has the form of a party",
		Kinds: regexp.MustCompile(`^comp\.partial$`),
		Input: payees, Output: func(_ string, text *Node) { payees(text) },
	},
	{
		ID: "report", Says: "a payee of a report has the form of a party",
		Kinds:  regexp.MustCompile(`^views\.impact$`),
		Output: func(_ string, text *Node) { payees(text) },
	},
	refusal("adapters", "the adapters of examples write people with their parties", `examples`, nil, func(d Difference) bool {
		return strings.Contains(string(d.Document), "examples/adapters") && strings.Contains(string(d.Document), "-json")
	}),
	refusal("key", "a claim whose key decides nothing is written with that key", `registration\.claim|record|views\..*`, nil, func(d Difference) bool {
		return !d.Before.Refused() && !d.Now.Refused() && strings.Contains(string(d.Document), `"key"`)
	}),
	refusal("claim", "a claim without an id, or with half an identifier, is refused when it is read", `registration\.claim|record|views\..*`,
		[]string{"fact.id", "json.missing"}, nil),
	refusal("bounds", "texts and lists have their bounds wherever they are read", `.*`, []string{"fact.text", "fact.excess", "fact.id", "impact.partial.content"}, nil),
	refusal("table", "a rep of a mapping whose table is empty is refused", `crmcsv\.mapping`, []string{"json.missing", "mapping.field.missing"}, nil),
	refusal("ties", "facts of one instant and one id are ordered by their members as the document has them", `record|views\..*`, nil, func(d Difference) bool {
		return !d.Before.Refused() && !d.Now.Refused() && slices.EqualFunc(d.Before.Texts, d.Now.Texts, func(a, b Text) bool { return letters(a.Text) == letters(b.Text) })
	}),
	refusal("hostile", "a document on which the program as it was took longer than anybody waits is refused", `.*`, nil, func(d Difference) bool {
		return d.Before.Crash != "" && d.Now.Crash == "" && d.Now.Refused()
	}),
	refusal("approval", "an instant of an approval is read only as it is written", `comp\.history`, []string{"fact.instant"}, nil),
}

// refusal is a change after which documents are refused with some codes alone that were
// accepted; or another one, which same recognises.
func refusal(id, says, kinds string, codes []string, same func(Difference) bool) Expected {
	if same == nil {
		same = func(d Difference) bool {
			return !d.Before.Refused() && d.Now.Refused() && !slices.ContainsFunc(d.Now.Problems, func(p Problem) bool { return !slices.Contains(codes, p.Code) })
		}
	}
	return Expected{ID: id, Says: says, Kinds: regexp.MustCompile("^(" + kinds + ")$"), Differs: same}
}

// letters returns the bytes of a text, sorted.
func letters(text string) string {
	b := []byte(text)
	slices.Sort(b)
	return string(b)
}
