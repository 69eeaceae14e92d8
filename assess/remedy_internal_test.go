package assess

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/coselling/coselling/value"
)

// unmendable lists the codes of rules that ask nobody for anything, each with the reason.
var unmendable = map[value.Code]string{
	"comm.sync_length":           "a sync that took too long is over",
	"party.outside":              "a mail that went out stays as it is; a deal states who is in front of the prospect",
	"comm.no_duplicate_outreach": "two mails that went out separately stay as they are",

	"stage.authority":  "the refusal of a move; the advance names the side that moves",
	"stage.state":      "the refusal of a move",
	"party.lead":       "the refusal of a change of lead",
	"stage.task":       "the refusal of a tick",
	"stage.simplified": "the choice of the playbook when the deal opens",

	"reg.joins":            "the refusal of a claim, which is not stored",
	"reg.queue_full":       "the refusal of a claim, which is not stored",
	"reg.protection_short": "a doubt about a policy, not about a deal",
	"reg.same_account":     "why two accounts are the same",
	"reg.joint_plan":       "on two lists of accounts, not on a deal",

	"model.partner_relationship": "a fact that speaks for a model",
	"model.product_addon":        "a fact that speaks for a model",
	"model.vendor_customer":      "a fact that speaks for a model",
	"model.product_primary":      "a fact that speaks for a model",
	"model.joint_sourced":        "a fact that speaks for a model",
	"model.no_relationship":      "a fact that speaks for a model",
	"model.registration_decides": "a fact that speaks for a model",
	"model.consent_missing":      "the refusal of a change of a contribution, which is not stored",

	"comp.origination":             "why a line credits a rep",
	"comp.split":                   "why a line credits a rep",
	"comp.role_based":              "why a line credits a rep",
	"comp.company":                 "why a line pays a company",
	"comp.closed_only":             "why a line is projected",
	"comp.conserve":                "a law of every division",
	"comp.clawback":                "why a line takes back",
	"comp.true_up":                 "why a line pays again",
	"comp.floor":                   "why a line pays more",
	"comp.cap":                     "why a line pays less",
	"comp.quarter_lock":            "a refused version of a policy",
	"comp.quarter_lock.correction": "a corrected version of a policy",
	"comp.closed_fixed":            "a law of every history of policies",
	"comp.life":                    "a refused event of a line",
	"comp.dispute":                 "a refused event of a dispute",
	"comp.separate":                "a refused decision about pay",
}

// outside lists the instructions that no record holds, each with the reason.
var outside = map[situation]string{
	accountHeld:   "a talk with the vendor",
	partnersPrice: "a price of a participant, which it alone quotes anew",
	nobodyToCall:  "the roster is data beside the deal",
	unlistedParty: "the roster is data beside the deal",
	contribution:  "the payees of both sides are one list, which no party may see",
}

// next.remedy: each instruction is a change that a program can make, or stands outside of the record.
func TestEveryInstructionIsAChangeOrOutside(t *testing.T) {
	for i, row := range remedies {
		if reason, none := outside[situation(i)]; (row.do == nil) != none || none && reason == "" {
			t.Errorf("%q: a change %t, outside %t %q", row.says, row.do != nil, none, reason)
		}
	}
}

// kept lists the codes of findings that the remedy of another one ends, or keeps from happening.
var kept = map[value.Code]situation{
	"esc.respond":          callPeople,
	"esc.timeout":          callPeople,
	"stage.slipping":       openTask,
	"comm.separate_stream": forwardMail,
	"party.late":           confirmLate,
}

// next.remedy: each code of a rule has a row in the table, or stands on the list of those that nothing can mend.
func TestEveryFindingHasARemedyOrAReasonForNone(t *testing.T) {
	has := map[value.Code]bool{}
	for i, row := range remedies {
		if row.rank == 0 || row.says == "" || row.code == "" && situation(i) != openGate {
			t.Errorf("row %d of the table is not complete: %+v", i, row)
		}
		has[row.code] = true
	}
	for code := range kept {
		has[code] = true
	}
	codes := ruleCodes(t)
	for _, code := range codes {
		if reason, none := unmendable[code]; has[code] == none || none && reason == "" {
			t.Errorf("%s: a remedy %t, on the list of those without %t %q", code, has[code], none, reason)
		}
	}
	for code := range unmendable {
		if !slices.Contains(codes, code) {
			t.Errorf("%s is no code of a rule", code)
		}
	}
}

// ruleCodes returns the constants of the groups of codes of rules; the other groups hold codes of bad input.
func ruleCodes(t *testing.T) (codes []value.Code) {
	t.Helper()
	for _, pattern := range []string{"../*/*.go", "../*/*/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "../examples") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			for _, decl := range file.Decls {
				if group, ok := decl.(*ast.GenDecl); ok && aboutRules(group.Doc.Text()) {
					codes = append(codes, codesOf(t, group)...)
				}
			}
		}
	}
	return codes
}

func aboutRules(doc string) bool {
	head, _, _ := strings.Cut(doc, ".")
	return strings.HasPrefix(head, "Codes of the") && (strings.Contains(head, "rules") || strings.Contains(head, "gates"))
}

func codesOf(t *testing.T, group *ast.GenDecl) (codes []value.Code) {
	for _, spec := range group.Specs {
		for _, v := range spec.(*ast.ValueSpec).Values {
			code, err := strconv.Unquote(v.(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			codes = append(codes, value.Code(code))
		}
	}
	return codes
}
