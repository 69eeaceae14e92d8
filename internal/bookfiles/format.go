package main

// text is what a schema says of a kind of text: a pattern, and words for people.
type text struct{ pattern, says string }

// formats are the kinds of text that tags name. What a pattern refuses, the decoder
// refuses; of a text that it takes, the decoder may refuse more.
var formats = map[string]text{
	"part":     {`^(-?0+(\.0{1,6})?|0*[0-9]{1,2}(\.[0-9]{1,6})?|0*100(\.0{1,6})?)%$`, `0% to 100%, such as "12.5%"`},
	"bound":    {`^-?[0-9]+(\.[0-9]{1,6})?%?$`, `an amount in the table's currency such as "1000.00", or an attainment such as "80%"`},
	"limit":    {`^(-0+(\.0{1,4})?|[0-9]+(\.[0-9]{1,4})?)$`, `an amount in the table's currency, such as "1000.00"`},
	"positive": {`^([0-9]*[1-9][0-9]*(\.[0-9]{1,4})?|0+\.0{0,3}[1-9][0-9]{0,3})$`, `an amount above zero, such as "25000.00"`},
	"currency": {`^[A-Z]{3}$`, "an ISO 4217 code"},
	"date":     {`^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`, `a day, such as "2026-11-22"`},
	"term":     {`^(1 (hour|day|business day)|([2-9]|[1-9][0-9]{1,3}|10000) (hours|days|business days))$`, `such as "24 hours", "14 days" or "1 business day"`},
	"duration": {`^([0-9]+[hms]){1,8}$`, `whole hours, minutes and seconds, such as "168h" or "1h30m"`},
	"word":     {`^[a-z][a-z0-9_]{0,63}$`, "lower-case letters, digits and underscores, a letter first"},
	"id":       {`^[a-z0-9_.]{1,64}$`, "small letters, digits, dots and underscores"},
	"zone":     {`^[A-Za-z][A-Za-z0-9_+/-]{0,255}$`, `an IANA name, such as "Europe/Berlin"`},
	"says":     {`[^ \t\n\r]`, ""},
	"visible":  {`^[^\x00-\x1f\x7f-\x9f]*[^\x00-\x20\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$`, ""},
	"quota":    {`^([0-9]*[1-9][0-9]*(\.[0-9]{1,4})?|0+\.0{0,3}[1-9][0-9]{0,3}) [A-Z]{3}$`, `an amount above zero, such as "100000.00 USD"`},
}
