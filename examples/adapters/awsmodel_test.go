package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/stage/mapping"
)

// modelVariable names the folder of the unpacked npm package @aws-sdk/client-partnercentral-selling, the official model
// of the API. Without it the test is skipped; .ci/run sets it.
const modelVariable = "COSELLING_AWS_MODEL"

// awsModel is what the declarations of the package say.
type awsModel struct {
	enums  map[string][]string          // the values of an enumeration
	fields map[string]map[string]string // the type of each field of a structure or a union, without []
	prose  string
}

func readModel(t *testing.T) awsModel {
	t.Helper()
	folder := os.Getenv(modelVariable)
	if folder == "" {
		t.Skipf("set %s to the folder of the unpacked npm package @aws-sdk/client-partnercentral-selling", modelVariable)
	}
	var about struct{ Version string }
	if err := json.Unmarshal(readFile(t, filepath.Join(folder, "package.json")), &about); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(readFile(t, "aws.go")), "client-partnercentral-selling "+about.Version+" ") {
		t.Errorf("aws.go does not say that its fields are those of %s", about.Version)
	}
	m := awsModel{enums: map[string][]string{}, fields: map[string]map[string]string{}}
	for _, found := range regexp.MustCompile(`(?s)export declare const (\w+): \{(.*?)\n\};`).FindAllStringSubmatch(string(readFile(t, filepath.Join(folder, "dist-types/models/enums.d.ts"))), -1) {
		for _, v := range regexp.MustCompile(`: "(.*)";`).FindAllStringSubmatch(found[2], -1) {
			m.enums[found[1]] = append(m.enums[found[1]], v[1])
		}
	}
	m.prose = string(readFile(t, filepath.Join(folder, "dist-types/models/models_0.d.ts")))
	plain := regexp.MustCompile(`(?s)/\*\*.*?\*/`).ReplaceAllString(m.prose, "")
	member := regexp.MustCompile(`(?m)^ +(\w+)\??: (\w+)(?:\[\])?(?: \| undefined)?;$`)
	for _, found := range regexp.MustCompile(`(?s)\nexport (?:interface|declare namespace) (\w+) (?:extends \w+ )?\{(.*?)\n\}`).FindAllStringSubmatch(plain, -1) {
		m.fields[found[1]] = map[string]string{}
		for _, f := range member.FindAllStringSubmatch(found[2], -1) {
			if f[2] != "never" {
				m.fields[found[1]][f[1]] = f[2]
			}
		}
	}
	return m
}

// has reports whether a structure has the field at a path.
func (m awsModel) has(structure, path string) bool {
	for name := range strings.SplitSeq(path, ".") {
		next, found := m.fields[structure][strings.TrimSuffix(name, "[]")]
		if !found {
			return false
		}
		structure = next
	}
	return true
}

// Every field that the table of AWS names is one of the official model, where the comment of aws.go says that it stands.
func TestFieldsAreThoseOfTheModel(t *testing.T) {
	m := readModel(t)
	beside := map[string]string{"AwsOpportunitySummary": "GetAwsOpportunitySummaryResponse", "AwsSubmission": "AwsSubmission",
		"EngagementInvitations": "GetEngagementInvitationResponse", "EngagementMembers": "EngagementMember"}
	for i := range aws.rows {
		r := &aws.rows[i]
		for f := range max(1, len(r.of)) {
			path := r.path(f)
			roots := []string{"GetOpportunityResponse", "CreateOpportunityRequest", "UpdateOpportunityRequest"}
			member, below, _ := strings.Cut(path, ".")
			if structure, is := beside[strings.TrimSuffix(member, "[]")]; is {
				roots, path = []string{structure}, below
			}
			if path != "" && !slices.ContainsFunc(roots, func(root string) bool { return m.has(root, path) }) {
				t.Errorf("%s: the model has no %s in %s", r.path(f), path, roots)
			}
		}
	}
	for _, r := range awsReviews {
		for _, path := range slices.Concat(r.except, r.only, awsReadOnly) {
			if !m.has("UpdateOpportunityRequest", path) {
				t.Errorf("%s: UpdateOpportunity takes no %s", r.status, path)
			}
		}
	}
	for call, want := range map[string][]string{
		"UpdateOpportunityRequest": slices.Concat(awsUpdate, []string{"Catalog", "Identifier", "LastModifiedDate"}),
		"CreateOpportunityRequest": slices.Concat(awsUpdate, awsCreate, []string{"Catalog", "ClientToken"}),
	} {
		var got []string
		for name := range m.fields[call] {
			got = append(got, name)
		}
		sameTexts(t, call, got, want)
	}
}

// Every text that the adapter compares is one of the official model, and it knows all of each enumeration.
func TestTextsAreThoseOfTheModel(t *testing.T) {
	m := readModel(t)
	names, err := mapping.Shipped(mapping.AWSPartnerCentral)
	if err != nil {
		t.Fatal(err)
	}
	var reviews []string
	for _, r := range awsReviews {
		reviews = append(reviews, r.status)
	}
	for enum, texts := range map[string][]string{
		"AwsOpportunityStage": awsStages, "Stage": names.Names(), "ReviewStatus": reviews, "SalesInvolvementType": textsOf(awsInvolvements),
		"OpportunityOrigin": textsOf(awsOrigins), "OpportunityType": textsOf(awsTypes), "ReceiverResponsibility": textsOf(awsFunctions),
	} {
		sameTexts(t, enum, texts, m.enums[enum])
	}
	if !slices.Contains(m.enums["InvitationStatus"], "ACCEPTED") {
		t.Error("InvitationStatus has no ACCEPTED")
	}
	for _, title := range []string{"AWSSalesRep", "AWSAccountOwner"} {
		if !slices.Contains(m.enums["AwsMemberBusinessTitle"], title) {
			t.Errorf("AwsMemberBusinessTitle has no %s", title)
		}
	}
	// The motion is a plain text, whose values stand in prose only.
	if m.fields["GetAwsOpportunitySummaryResponse"]["CosellMotion"] != "string" {
		t.Error("CosellMotion is no plain text any more")
	}
	for _, motion := range awsMotions {
		if !strings.Contains(m.prose, "<code>"+motion.text+"</code>") {
			t.Errorf("no prose has the motion %s", motion.text)
		}
	}
	for _, title := range []string{"PartnerAccountManager", "OpportunityOwner"} {
		if !strings.Contains(m.prose, title) {
			t.Errorf("no prose has the title %s", title)
		}
	}
}

func textsOf[T any](meanings []meaning[T]) []string {
	var texts []string
	for _, m := range meanings {
		texts = append(texts, m.text)
	}
	return texts
}

func sameTexts(t *testing.T, what string, got, want []string) {
	t.Helper()
	got, want = slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))
	if len(want) == 0 || !slices.Equal(got, want) {
		t.Errorf("%s: we have %q, the model has %q", what, got, want)
	}
}
