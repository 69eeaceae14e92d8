package main

import (
	"errors"
	"strings"
	"testing"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage/mapping"
	"github.com/coselling/coselling/value"
)

// A mistake in a payload is an error with its code and the path of the field.
func TestRefusals(t *testing.T) {
	const salesforceFile, awsFile, msFile, hubFile = "sample/salesforce.json", "sample/aws.json", "sample/microsoft.json", "sample/hubspot.json"
	for _, row := range []struct {
		file, from, to string
		code           value.Code
		path           string
	}{
		{awsFile, `"Technical Validation"`, `"Demo"`, mapping.NameUnknown, "LifeCycle.Stage"},
		{awsFile, `"Technical Validation"`, `null`, fieldMissing, ""},
		{awsFile, `"Technical Validation"`, `17`, mapping.NameUnknown, "LifeCycle.Stage"},
		{awsFile, `"Technical Validation"`, `true`, fieldKind, "LifeCycle.Stage"},
		{awsFile, `"LifeCycle": {`, `"LifeCycle": "x", "Other": {`, fieldKind, "LifeCycle"},
		{awsFile, `"Contacts": [`, `"Contacts": 3, "Other": [`, fieldKind, "Customer.Contacts"},
		{awsFile, `l.vos@hofplein.example`, `Lotte Vos`, addressFormat, "Customer.Contacts[0].Email"},
		{awsFile, `l.vos@hofplein.example`, `Lotte Vos <l.vos@hofplein.example>`, addressFormat, "Customer.Contacts[0].Email"},
		{awsFile, `"186000.00", "CurrencyCode": "USD"`, `"186000.00", "CurrencyCode": "US$"`, value.CurrencyUnknown, "SoftwareRevenue.Value.CurrencyCode"},
		{awsFile, `"186000.00"`, `"186,000.00"`, amountFormat, "SoftwareRevenue.Value.Amount"},
		{awsFile, `"186000.00"`, `{}`, fieldMissing, ""},
		{awsFile, `"186000.00"`, `"186000.005"`, value.MoneyScaleExcess, "SoftwareRevenue.Value.Amount"},
		{awsFile, `2026-09-28T14:02:11Z`, `28.09.2026`, instantFormat, "CreatedDate"},
		{awsFile, `2026-09-28T14:02:11Z`, `1026-09-28`, instantFormat, "CreatedDate"},
		{awsFile, `"Id": "O20260917"`, `"Id": "` + strings.Repeat("O", 300) + `"`, fieldSize, "Id"},
		{awsFile, `"Hofplein Logistics"`, `"` + strings.Repeat("x", 5000) + `"`, fieldSize, "Customer.Account.CompanyName"},
		{msFile, `"status": "Active"`, `"status": "Open"`, mapping.NameUnknown, "value[0].status"},
		{msFile, `"substatus": "Accepted"`, `"substatus": "Won"`, mapping.NameUnknown, "value[0].status"},
		{msFile, `74500.5`, `1e400`, value.MoneyRange, "value[0].details.dealValue"},
		{msFile, `74500.5`, `true`, amountFormat, "value[0].details.dealValue"},
		{hubFile, `"archived": false`, `"archived": true`, dealDeleted, "results[0].archived"},
		{hubFile, `"decisionmakerboughtin",` + "\n" + `        "dealtype"`, `"1390874",` + "\n" + `        "dealtype"`, mapping.NameUnknown, "results[0].properties.dealstage"},
		{hubFile, `"timestamp": "2026-11-02T16:04:09.120Z"`, `"timestamp": "soon"`, instantFormat, "results[0].propertiesWithHistory.dealstage[0].timestamp"},
		{salesforceFile, `"IsDeleted": false`, `"IsDeleted": true`, dealDeleted, "records[0].IsDeleted"},
		{salesforceFile, `"Negotiation/Review"`, `"Closed Won"`, "", ""},
		{salesforceFile, `"d.marlow@marlow.example"`, `"d.marlow"`, addressFormat, "records[0].Events.records[0].Who.Email"},
	} {
		name := forms[row.file]
		got := first(t, name, sampleTerms(t, systemNamed(t, name)), edited(t, row.file, row.from, row.to))
		if row.code == "" || row.code == fieldMissing && row.to == "{}" {
			if got.err != nil {
				t.Errorf("%s instead of %s: %v", row.to, row.from, got.err)
			}
			continue
		}
		e, ok := errors.AsType[*value.Error](got.err)
		if !ok || !errors.Is(got.err, row.code) || e.Path != row.path {
			t.Errorf("%s instead of %s: %v, want %s at %q", row.to, row.from, got.err, row.code, row.path)
		}
	}
}

// stage.map: an unknown stage name is an error that lists the known ones.
func TestUnknownStagesListTheKnown(t *testing.T) {
	got := first(t, "aws", sampleTerms(t, systemNamed(t, "aws")), edited(t, "sample/aws.json", "Technical Validation", "Demo"))
	if want := `LifeCycle.Stage: "Demo" is not known; allowed are Prospect, Qualified, Technical Validation, Business Validation, Committed, Launched, Closed Lost`; got.err.Error() != want {
		t.Errorf("%v", got.err)
	}
}

// All mistakes of a payload are reported at once, and a payload that is refused takes none
// of its neighbours with it.
func TestEveryMistakeAtOnce(t *testing.T) {
	s := systemNamed(t, "salesforce")
	all, err := importAll(s.forms, sampleTerms(t, s), readFile(t, "sample/salesforce.json"))
	if err != nil || len(all.deals) != 2 || all.deals[0].err != nil {
		t.Fatal(all, err)
	}
	problems, ok := errors.AsType[value.Errors](all.deals[1].err)
	if !ok || len(problems) != 3 {
		t.Errorf("%v", all.deals[1].err)
	}
}

// Text that is not an opportunity, not JSON or too large is refused before it is read.
func TestDocumentsAreRefused(t *testing.T) {
	aws := systemNamed(t, "aws")
	for _, row := range []struct {
		name, document string
		code           value.Code
	}{
		{"empty", ``, payloadJSON},
		{"cut", `{"Id": "O1"`, payloadJSON},
		{"trailing", `{"LifeCycle": {"Stage": "Prospect"}, "Id": "O1"} 1`, payloadJSON},
		{"a name twice", `{"Id": "O1", "Id": "O2"}`, payloadJSON},
		{"no UTF-8", "{\"Id\": \"\xff\"}", payloadJSON},
		{"deep", strings.Repeat(`{"a":`, 40) + `1` + strings.Repeat(`}`, 40), payloadSize},
		{"many", `{"a": [` + strings.Repeat("1,", maxValues) + `1]}`, payloadSize},
		{"large", `{"a": "` + strings.Repeat("x", maxPayload) + `"}`, payloadSize},
		{"another thing", `{"success": "ALL", "fileName": "x"}`, payloadShape},
		{"a text", `"O1"`, payloadShape},
		{"null in a list", `[null]`, payloadShape},
		{"a list in a list", `{"opportunities": [[1]]}`, payloadShape},
		{"people without end", `{"Id": "O1", "LifeCycle": {"Stage": "Prospect"}, "Customer": {"Contacts": [` + strings.Repeat(`{"Email": "a@b.example"},`, 1000) + `{}, {"Email": "a@b.example"}]}}`, fieldSize},
	} {
		all, err := importAll(aws.forms, sampleTerms(t, aws), []byte(row.document))
		if err == nil && len(all.deals) == 1 {
			err = all.deals[0].err
		}
		if !errors.Is(err, row.code) {
			t.Errorf("%s: %v, want %s", row.name, err, row.code)
		}
	}
	all, err := importAll(aws.forms, sampleTerms(t, aws), []byte(`{"opportunities": []}`))
	if err != nil || len(all.deals) != 0 {
		t.Errorf("an empty list gives %v, %v", all, err)
	}
}

// A won deal needs a model (stage.Opening): where nothing decides one it is refused, and
// taken where the host says one.
func TestWonNeedsAModel(t *testing.T) {
	tm := sampleTerms(t, systemNamed(t, "salesforce"))
	data := edited(t, "sample/salesforce.json", `"Negotiation/Review"`, `"Closed Won"`)
	data = []byte(strings.Replace(string(data), `"Partner Referral"`, `"Web"`, 1))
	if got := first(t, "salesforce", tm, data); !errors.Is(got.err, modelMissing) || !strings.Contains(got.err.Error(), "records[0]: the won deal") {
		t.Errorf("%v", got.err)
	}
	tm.Model = model.VendorLed
	if got := first(t, "salesforce", tm, data); got.err != nil || got.Deal.Opening.Engagement != model.VendorLed || len(got.assumed) != 0 {
		t.Errorf("%v, %v", got.err, got.assumed)
	}
}
