package main

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/coselling/coselling/internal/goldentest"
	"github.com/coselling/coselling/value"
)

// synced decides on a document.
func synced(document string) (decision, error) {
	s, err := parseSyncing([]byte(document))
	if err != nil {
		return decision{}, err
	}
	return Sync(s)
}

// opportunity is what GetOpportunity gives of the opportunity O1.
func opportunity(members string) string {
	return `{"Id": "O1", "Catalog": "AWS", "LastModifiedDate": "2026-11-03T10:00:00Z", "PartnerOpportunityIdentifier": "K"` + members + `}`
}

const oursIs = `{"ours": {"Catalog": "AWS", "PartnerOpportunityIdentifier": "K", "LifeCycle": {"Stage": "Committed"}}`

// What is to be done follows from what was seen, what is there and what is wanted.
func TestSync(t *testing.T) {
	at := func(stage, status string) string {
		return opportunity(fmt.Sprintf(`, "LifeCycle": {"Stage": %q, "ReviewStatus": %q}`, stage, status))
	}
	older := strings.Replace(at("Qualified", "Approved"), "11-03", "11-02", 1)
	for _, row := range []struct{ name, document, do, says string }{
		{"nothing is there", oursIs + `}`, doCreate, ""},
		{"the answer of the call was lost", oursIs + `, "found": ["O1"]}`, doDuplicate, "O1"},
		{"two are there", oursIs + `, "seen": ` + older + `, "theirs": ` + at("Qualified", "Approved") + `, "found": ["O1", "O2"]}`, doDuplicate, "already that of O2"},
		{"it is another deal's", oursIs + `, "theirs": ` + strings.Replace(at("Qualified", ""), `"K"`, `"L"`, 1) + `}`, doDuplicate, "it belongs to L, and not to K"},
		{"it is gone", oursIs + `, "seen": ` + older + `}`, doConflict, "not there any more"},
		{"ours is ahead", oursIs + `, "seen": ` + older + `, "theirs": ` + at("Qualified", "Approved") + `}`, doUpdate, ""},
		{"AWS reviews it", oursIs + `, "seen": ` + older + `, "theirs": ` + at("Qualified", "In Review") + `}`, doWait, "until the review has ended"},
		{"it was rejected", oursIs + `, "seen": ` + older + `, "theirs": ` + at("Qualified", "Rejected") + `}`, doConflict, "any more"},
		{"a status that is new", oursIs + `, "seen": ` + older + `, "theirs": ` + at("Qualified", "Parked") + `}`, doWait, "Parked is not known"},
		{"both have the same", oursIs + `, "seen": ` + older + `, "theirs": ` + at("Committed", "Submitted") + `}`, doNothing, ""},
		{"both have changed it", oursIs + `, "seen": ` + older + `, "theirs": ` + at("Launched", "Approved") + `}`, doConflict, `ours is "Committed", there is "Launched", and both were "Qualified"`},
		{"only they have", oursIs + `, "seen": ` + at("Committed", "Approved") + `, "theirs": ` + at("Launched", "Approved") + `}`, doNothing, `"Launched"`},
		{"an old answer", oursIs + `, "seen": ` + at("Qualified", "Approved") + `, "theirs": ` + older + `}`, doWait, "older than what was last seen"},
		{"nothing was seen", oursIs + `, "theirs": ` + at("Qualified", "Approved") + `}`, doConflict, "neither was seen before"},
		{"it is empty there", oursIs + `, "theirs": ` + opportunity("") + `}`, doUpdate, ""},
		{"an event", oursIs + `, "event": {"source": "aws.partnercentral-selling", "detail": {"opportunity": {"identifier": "O1", "LifeCycle": "Launched"}}}}`, doFetch, ""},
		{"a snapshot", `{"event": {"source": "aws.partnercentral-selling", "detail": {"resourceSnapshot": {"resourceId": "O1"}}}}`, doFetch, ""},
		{"an event of something else", `{"event": {"source": "aws.partnercentral-selling", "detail": {"engagement": {"id": "e"}}}}`, doNothing, "no opportunity"},
	} {
		d, err := synced(row.document)
		text := says(d.Because) + says(d.Held) + says(d.Take)
		if err != nil || d.Do != row.do || !strings.Contains(text, row.says) || (len(d.Payload) > 0) != (row.do == doCreate || row.do == doUpdate) {
			t.Errorf("%s: %v, %+v", row.name, err, d)
		}
	}
	goldentest.Compare(t, "testdata/sync.golden", output(t, "-sync"))
}

// A new opportunity has a client token that follows from our id: the same call twice makes one.
func TestClientToken(t *testing.T) {
	token := func(document string) string {
		d, err := synced(document)
		var payload struct{ ClientToken string }
		if err != nil || json.Unmarshal(d.Payload, &payload) != nil {
			t.Fatalf("%v: %s", err, d.Payload)
		}
		return payload.ClientToken
	}
	one := token(oursIs + `}`)
	if len(one) != 64 || one != token(strings.Replace(oursIs, "Committed", "Launched", 1)+`}`) ||
		one == token(strings.Replace(oursIs, `"K"`, `"L"`, 1)+`}`) || one == token(strings.Replace(oursIs, `"AWS"`, `"Sandbox"`, 1)+`}`) {
		t.Error(one)
	}
}

// Every value of one field, wanted, seen and there: the oracle is the table of a merge of three, written as words.
func TestEveryValueOfAField(t *testing.T) {
	member := func(v string) string {
		if v == "" {
			return ""
		}
		return `, "Marketing": {"CampaignName": ` + v + `}`
	}
	plain := func(v string) string { return strings.Trim(v, `"nul`) }
	values := []string{"", "null", `"a"`, `"b"`, `"c"`}
	for _, ours := range values {
		for _, seen := range values {
			for _, theirs := range values {
				d, err := synced(strings.Replace(oursIs, `, "LifeCycle": {"Stage": "Committed"}`, member(ours), 1) + `, "seen": ` + opportunity(member(seen)) + `, "theirs": ` + opportunity(member(theirs)) + `}`)
				if err != nil {
					t.Fatal(err)
				}
				mine, before, there := plain(ours), plain(seen), plain(theirs)
				want, left := doNothing, there
				switch {
				case ours == "" || mine == there:
				case there == before:
					want, left = doUpdate, mine
				case mine != before:
					want = doConflict
				}
				if d.Do != want {
					t.Errorf("%s, %s, %s: %s, want %s", ours, seen, theirs, d.Do, want)
				}
				if has := strings.Contains(string(d.Payload), `"CampaignName":"`+left+`"`); d.Do == doUpdate && has != (left != "") {
					t.Errorf("%s, %s, %s: %s", ours, seen, theirs, d.Payload)
				}
			}
		}
	}
}

// The payload of an update is whole: it has every field that is there, but for what we changed. Written, it leaves
// nothing to do.
func TestUpdateEmptiesNothing(t *testing.T) {
	theirs := string(readFile(t, "sample/aws.json"))
	ours := `{"Catalog": "AWS", "PartnerOpportunityIdentifier": "ACME-7731", "LifeCycle": {"Stage": "Business Validation"}, "Customer": {"Account": {"Duns": null}}, "OpportunityTeam": [{"Email": "new@acme.example"}]}`
	d, err := synced(`{"ours": ` + ours + `, "seen": ` + theirs + `, "theirs": ` + theirs + `}`)
	if err != nil || d.Do != doUpdate {
		t.Fatalf("%v, %+v", err, d)
	}
	before, after := map[string]func(any){}, map[string]func(any){}
	leaves(decoded(t, []byte(theirs)), "", nil, before)
	leaves(decoded(t, d.Payload), "", nil, after)
	for path := range before {
		member, _, _ := strings.Cut(path, ".")
		member, _, _ = strings.Cut(member, "[")
		written := strings.Contains(" Catalog LastModifiedDate "+strings.Join(awsUpdate, " ")+" ", " "+member+" ")
		if want := written && path != "Customer.Account.Duns"; (after[path] != nil) != want {
			t.Errorf("%s is in the payload: %t", path, !want)
		}
	}
	written := strings.TrimSuffix(string(d.Payload), "}") + `, "Id": "O20260917"}`
	written = strings.Replace(written, "2026-10-30T08:15:00Z", "2026-10-31T08:15:00Z", 1)
	if again, err := synced(`{"ours": ` + ours + `, "seen": ` + written + `, "theirs": ` + written + `}`); err != nil || again.Do != doNothing {
		t.Errorf("%v, %+v", err, again)
	}
}

// While AWS asks for corrections only some fields are written, and the others wait.
func TestOthersAreHeld(t *testing.T) {
	theirs := opportunity(`, "LifeCycle": {"ReviewStatus": "Action Required", "Stage": "Qualified"}, "Customer": {"Account": {"WebsiteUrl": "x.example", "Industry": "Other"}}`)
	d, err := synced(strings.Replace(oursIs, `, "LifeCycle"`, `, "Customer": {"Account": {"WebsiteUrl": "y.example", "Industry": "Energy"}}, "LifeCycle"`, 1) + `, "seen": ` + theirs + `, "theirs": ` + theirs + `}`)
	if err != nil || d.Do != doUpdate || len(d.Held) != 2 || !strings.Contains(string(d.Payload), `"Account":{"Industry":"Other","WebsiteUrl":"y.example"}`) || !strings.Contains(string(d.Payload), `"Stage":"Qualified"`) {
		t.Errorf("%v, %+v", err, d)
	}
	// Who empties the whole customer empties what an approved opportunity does not let go.
	theirs = strings.Replace(theirs, "Action Required", "Approved", 1)
	d, err = synced(strings.Replace(oursIs, `, "LifeCycle": {"Stage": "Committed"}`, `, "Customer": null`, 1) + `, "seen": ` + theirs + `, "theirs": ` + theirs + `}`)
	if err != nil || d.Do != doWait || len(d.Held) != 1 {
		t.Errorf("%v, %+v", err, d)
	}
}

// Bad input has a code and a path, and every problem is reported at once.
func TestSyncRefuses(t *testing.T) {
	for _, row := range []struct {
		document string
		codes    []value.Code
		paths    string
	}{
		{`{}`, []value.Code{fieldMissing}, "ours"},
		{`{"ours": []}`, []value.Code{fieldMissing}, "ours"},
		{`{"ours": 1, "mine": {}, "found": [1]}`, []value.Code{fieldKind, payloadShape, fieldKind}, "ours mine found[0]"},
		{`[]`, []value.Code{fieldMissing}, "ours"},
		{`{"ours": {"Color": "red", "LifeCycle": {"ReviewStatus": "Approved"}}}`, []value.Code{fieldMissing, fieldMissing, payloadShape, payloadShape}, "ours.PartnerOpportunityIdentifier ours.Catalog ours.Color ours.LifeCycle.ReviewStatus"},
		{oursIs + `, "theirs": {"Id": "O1", "Catalog": "Sandbox"}}`, []value.Code{fieldMissing, payloadOther}, "theirs.LastModifiedDate theirs.Catalog"},
		{oursIs + `, "seen": ` + opportunity("") + `, "theirs": ` + strings.Replace(opportunity(""), "O1", "O2", 1) + `}`, []value.Code{payloadOther}, "theirs.Id"},
		{oursIs + `, "theirs": ` + strings.Replace(opportunity(""), "2026-11-03T10:00:00Z", "yesterday", 1) + `}`, []value.Code{instantFormat}, "theirs.LastModifiedDate"},
		{`{"event": {"source": "aws.s3", "detail": {"opportunity": {"identifier": "O1"}}}}`, []value.Code{payloadShape}, "event.source"},
		{`{"ours": {"a": 1`, []value.Code{payloadJSON}, "ours"},
	} {
		_, err := synced(row.document)
		var paths []string
		problems, ok := errors.AsType[value.Errors](err)
		if one, is := errors.AsType[*value.Error](err); is && !ok {
			problems = value.Errors{one}
		}
		for i, p := range problems {
			paths = append(paths, p.Path)
			if i >= len(row.codes) || p.Code != row.codes[i] {
				t.Errorf("%s: %v", row.document, p)
			}
		}
		if got := strings.Join(paths, " "); got != row.paths {
			t.Errorf("%s: %q, want %q", row.document, got, row.paths)
		}
	}
}

// Whatever stands in a document, it has one decision, and a payload is JSON with members that the call takes.
func FuzzSync(f *testing.F) {
	f.Add(readFile(f, "sample/sync.json"))
	f.Add([]byte(oursIs + `, "seen": {"LifeCycle": []}, "theirs": ` + opportunity(`, "Customer": null`) + `}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := synced(string(data))
		if err != nil {
			coded(t, err)
			return
		}
		again, _ := synced(string(data))
		if d.Do != again.Do || string(d.Payload) != string(again.Payload) {
			t.Fatalf("%+v, then %+v", d, again)
		}
		var payload map[string]jsontext.Value
		if len(d.Payload) > 0 && json.Unmarshal(d.Payload, &payload) != nil {
			t.Fatalf("%s", d.Payload)
		}
		for name := range payload {
			if !strings.Contains(" Catalog Identifier LastModifiedDate ClientToken "+strings.Join(awsUpdate, " ")+" "+strings.Join(awsCreate, " ")+" ", " "+name+" ") {
				t.Fatalf("%s in %s", name, d.Payload)
			}
		}
	})
}
