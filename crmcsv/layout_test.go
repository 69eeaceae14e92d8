package crmcsv_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/value"
)

// layoutMapping is plainMapping with layouts of the closing day and more members of the mapping.
func layoutMapping(layouts, members string) string {
	text := strings.Replace(plainMapping, `"closed": {"column": "closed"}`, `"closed": {"column": "closed", "format": `+layouts+`}`, 1)
	return strings.Replace(text, "{", "{"+members, 1)
}

// dated returns the closing day of the only row of a file, or the code of its refusal.
func dated(t *testing.T, mappingText, cell string) string {
	t.Helper()
	m := mapping(t, mappingText)
	zone, err := time.LoadLocation(m.Zone())
	if err != nil {
		t.Fatal(err)
	}
	reader, err := crmcsv.NewReader(strings.NewReader(file(line(change{"closed", cell}))), m.In(zone))
	if err != nil {
		t.Fatal(err)
	}
	for deal, err := range reader.Rows() {
		if bad, ok := err.(*crmcsv.BadRow); ok {
			return string(bad.Cells[0].Reason.Code)
		} else if err != nil {
			return string(err.(value.Errors)[0].Code)
		}
		return deal.Booking.Closed.String()
	}
	return ""
}

// CASES F1 and F2.
func TestDaysAreReadByTheirLayout(t *testing.T) {
	for _, c := range []struct{ layouts, members, cell, want string }{
		{`"YYYY-MM-DD HH:mm"`, ``, "2026-03-31 13:57", "2026-03-31"},
		{`"M/D/YYYY H:mm"`, ``, "1/18/2026 0:00", "2026-01-18"},
		{`"YYYY-MM-DD[T]HH:mm:ssZ"`, ``, "2026-05-13T01:00:00+03:00", "2026-05-12"},
		{`"YYYY-MM-DD[T]HH:mm:ssZ"`, ``, "2026-05-13T01:00:00z", "2026-05-13"},
		{`"YYYY-MM-DD[T]HH:mm:ssZ"`, `"zone": "Europe/Berlin",`, "2026-05-13T03:00:00+03:00", "2026-05-13"},
		{`"YYYY-MM-DD[T]HH:mm:ssZ"`, `"zone": "Europe/Berlin",`, "2026-07-04T22:00:00Z", "2026-07-05"},
		{`"YYYY-MM-DD[T]HH:mm:ssZ"`, `"zone": "UTC",`, "2026-07-04T12:00:00.123Z", "2026-07-04"},
		{`"YYYY-MM-DD HH:mm"`, `"zone": "Pacific/Auckland",`, "2026-07-04 23:00", "2026-07-04"},
		{`"YYYY-MM-DD HH:mm Z"`, ``, "2026-07-04 23:00 -0530", "2026-07-05"},
		{`"YYYY-MM-DD HH:mm Z"`, ``, "2026-07-04 23:00 −01", "2026-07-05"},
		{`"YYYY-MM-DD HH:mm Z"`, ``, "2026-07-04 23:00 +24:00", "row.date"},
		{`"DD-MMM-YYYY"`, ``, "07-Apr-2026", "2026-04-07"},
		{`"D MMM YYYY"`, `"language": "fr",`, "7 avr. 2026", "2026-04-07"},
		{`"D MMM YYYY"`, `"language": "fr",`, "7 juin 2026", "2026-06-07"},
		{`"D MMM YYYY"`, `"language": "fr",`, "7 jui 2026", "row.date"},
		{`"D MMM YYYY"`, `"language": "fr",`, "1 AOU\u0302T 2026", "2026-08-01"},
		{`"D. MMMM YYYY"`, `"language": "de",`, "7. März 2026", "2026-03-07"},
		{`"D. MMMM YYYY"`, ``, "7. März 2026", "row.date"},
		{`"D MMM YYYY"`, `"language": "pl",`, "7 maja 2026", "2026-05-07"},
		{`"D [de] MMMM [de] YYYY"`, `"language": "pt",`, "7 de março de 2026", "2026-03-07"},
		{`"MMM D, YYYY"`, ``, "Sept 7, 2026", "2026-09-07"},
		{`"MMM D, YYYY"`, ``, "Se 7, 2026", "row.date"},
		{`"MMM D, YYYY h:mm A"`, ``, "Sep 7, 2026\u202f12:30 am", "2026-09-07"},
		{`"YYYY/MM/DD"`, ``, "2026/04/07", "2026-04-07"},
		{`"DD-MM-YYYY"`, ``, "07-04-2026", "2026-04-07"},
		{`"M/D/YY"`, ``, "4/7/26", "2026-04-07"},
		{`"YYYYMMDD"`, ``, "20260407", "2026-04-07"},
		{`"YYYYMMDD"`, ``, "2026047", "row.date"},
		{`"M/D/YYYY h:mm A"`, ``, "4/7/2026\u00a011:59\u202fP.M.", "2026-04-07"},
		{`"M/D/YYYY h:mm A"`, ``, "4/7/2026 12:00 a. m.", "2026-04-07"},
		{`"M/D/YYYY h:mm A"`, ``, "4/7/2026 13:00 PM", "row.date"},
		{`"M/D/YYYY h:mm A"`, ``, "4/7/2026 0:00 AM", "row.date"},
		{`"YYYY-MM-DD HH:mm"`, ``, "2026-03-31 24:00", "row.date"},
		{`"YYYY-MM-DD HH:mm"`, ``, "2026-03-31", "row.date"},
		{`"YYYY-MM-DD HH:mm"`, ``, "2026-02-30 10:00", "date.range"},
		{`"excel"`, ``, "46119", "2026-04-07"},
		{`"excel"`, ``, "46119.99", "2026-04-07"},
		{`"excel"`, ``, "61", "1900-03-01"},
		{`"excel"`, ``, "60", "row.date"},
		{`"excel"`, ``, "1e5", "row.date"},
		{`"excel"`, ``, "99999999999999999999", "row.date"},
		{`"unix_s"`, ``, "1775606399", "2026-04-07"},
		{`"unix_s"`, `"zone": "Asia/Tokyo",`, "1775606399", "2026-04-08"},
		{`"unix_s"`, ``, "-1", "1969-12-31"},
		{`"unix_s"`, ``, "+1", "row.date"},
		{`"unix_s"`, ``, "9223372036854775807", "row.date"},
		{`"unix_ms"`, ``, "1775606399999", "2026-04-07"},
		{`"unix_ms"`, ``, "9223372036854775807", "date.range"},
		{`["D MMM YYYY", "DD/MM/YYYY HH:mm"]`, ``, "7 Apr 2026", "2026-04-07"},
		{`["D MMM YYYY", "DD/MM/YYYY HH:mm"]`, ``, "17/04/2026 08:00", "2026-04-17"},
		{`["D MMM YYYY", "YYYY-MM-DD"]`, ``, "7/4/2026", "row.date"},
		{`["DD/MM/YYYY", "M/D/YYYY"]`, ``, "17/04/2026", "2026-04-17"},
		{`["DD/MM/YYYY", "M/D/YYYY"]`, ``, "07/04/2026", "row.date"},
		{`["DD/MM/YYYY", "M/D/YYYY"]`, ``, "04/04/2026", "2026-04-04"},
	} {
		if got := dated(t, layoutMapping(c.layouts, c.members), c.cell); got != c.want {
			t.Errorf("%q as %s %s: %s, want %s", c.cell, c.layouts, c.members, got, c.want)
		}
	}
}

// CASES F1: an instant is written by package time and read back as the day that it has in the zone.
func TestLayoutsAgreeWithPackageTime(t *testing.T) {
	layouts := []struct{ ours, go_ string }{
		{"YYYY-MM-DD[T]HH:mm:ssZ", "2006-01-02T15:04:05Z07:00"}, {"D MMM YYYY h:mm A Z", "2 Jan 2006 3:04 PM -0700"},
		{"M/D/YYYY H:mm", "1/2/2006 15:04"}, {"DD.MM.YY", "02.01.06"}, {"MMMM D, YYYY", "January 2, 2006"}, {"YYYYMMDDHHmmss", "20060102150405"},
	}
	seen := reachtest.Seen{}
	reachtest.Check(t, seen, func(rt *rapid.T) {
		l := rapid.SampledFrom(layouts).Draw(rt, "layout")
		offset := rapid.IntRange(-14*60, 14*60).Draw(rt, "offset")
		at := time.Unix(rapid.Int64Range(946_771_200, 4_102_358_399).Draw(rt, "instant"), 0).In(time.FixedZone("", offset*60))
		zone := rapid.SampledFrom([]string{"UTC", "America/New_York", "Asia/Kolkata"}).Draw(rt, "zone")
		want := at
		if strings.Contains(l.ours, "Z") {
			in, err := time.LoadLocation(zone)
			if err != nil {
				t.Fatal(err)
			}
			want = at.In(in)
			if want.Format(time.DateOnly) != at.Format(time.DateOnly) {
				seen["moved"]++
			}
		}
		text := layoutMapping(fmt.Sprintf("%q", l.ours), `"zone": "`+zone+`",`)
		if got := dated(t, text, at.Format(l.go_)); got != want.Format(time.DateOnly) {
			rt.Errorf("%s as %s in %s: %s, want %s", at.Format(l.go_), l.ours, zone, got, want.Format(time.DateOnly))
		}
	}, "moved")
}

func TestLayoutIsRefusedWithTheMapping(t *testing.T) {
	for layouts, want := range map[string]string{
		`""`: "format", `"YYYY-MM"`: "format", `"YYYY-MM-DD-DD"`: "format", `"YYYY-MM-MMM-DD"`: "format", `"YYYY-MM-DD Q"`: "format",
		`"YYYY-MM-DD h:mm"`: "format", `"YYYY-MM-DD HH:mm A"`: "format", `"YYYY-MM-DD mm"`: "format", `"YYYY-MM-DD HH:ss"`: "format",
		`"YYYY-MM-DDZ"`: "format", `"YYYY-MM-DD[T"`: "format", `"Excel"`: "format", `[]`: "format", `["YYYY-MM-DD", "Y", "excel", "?"]`: "format[1] format[3]",
		`["excel","excel","excel","excel","excel","excel","excel","excel","excel","excel","excel"]`: "format",
	} {
		_, err := crmcsv.ParseMapping([]byte(layoutMapping(layouts, "")))
		var paths []string
		for _, r := range refusals(t, err) {
			if r.code != "mapping.format.unknown" {
				t.Errorf("%s: %v", layouts, err)
			}
			paths = append(paths, strings.TrimPrefix(r.path, "mapping.fields.closed."))
		}
		if strings.Join(paths, " ") != want {
			t.Errorf("%s: %q, want %q", layouts, paths, want)
		}
	}
	for _, members := range []string{`"language": "xx",`, `"language": "FR",`} {
		_, err := crmcsv.ParseMapping([]byte(layoutMapping(`"excel"`, members)))
		if got := fmt.Sprint(refusals(t, err)); got != "[{mapping.language mapping.language}]" {
			t.Error(got)
		}
	}
}

func TestZoneIsResolvedByTheHost(t *testing.T) {
	m := mapping(t, layoutMapping(`"unix_s"`, `"zone": "Europe/Berlin",`))
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		m    crmcsv.Mapping
		fits bool
	}{
		{m, false}, {m.In(time.UTC), false}, {m.In(berlin), true},
		{mapping(t, plainMapping), true}, {mapping(t, plainMapping).In(time.UTC), true}, {mapping(t, plainMapping).In(berlin), false},
	} {
		_, err := crmcsv.NewReader(strings.NewReader(file()), c.m)
		if c.fits != (err == nil) {
			t.Errorf("%q: %v", c.m.Zone(), err)
		}
		if got := fmt.Sprint(refusals(t, err)); !c.fits && got != "[{mapping.zone mapping.zone}]" {
			t.Error(got)
		}
	}
}

func TestEveryMonthOfALanguageIsReadWholeAndCut(t *testing.T) {
	for language, names := range map[string]string{
		"da": "januar februar marts april maj juni juli august september oktober november december",
		"es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
		"it": "gen. feb. mar. apr. mag. giu. lug. ago. set. ott. nov. dic.",
		"nb": "jan. feb. mars apr. mai juni juli aug. sep. okt. nov. des.",
		"nl": "jan. feb. mrt. apr. mei jun. jul. aug. sep. okt. nov. dec.",
		"de": "Jan. Feb. Mrz Apr. Mai Jun. Jul. Aug. Sept. Okt. Nov. Dez.",
		"pl": "sty lut mar kwi maj cze lip sie wrz paź lis gru",
		"sv": "JANUARI FEBRUARI MARS APRIL MAJ JUNI JULI AUGUSTI SEPTEMBER OKTOBER NOVEMBER DECEMBER",
	} {
		for i, name := range strings.Fields(names) {
			want := fmt.Sprintf("2026-%02d-09", i+1)
			if got := dated(t, layoutMapping(`"D MMM YYYY"`, `"language": "`+language+`",`), "9 "+name+" 2026"); got != want {
				t.Errorf("%s %s: %s, want %s", language, name, got, want)
			}
		}
	}
}
