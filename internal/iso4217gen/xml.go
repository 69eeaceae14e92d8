package main

import "encoding/xml"

// readXML reads list one as ISO publishes it. Countries without a currency of
// their own have a row without a code, which is left out.
func readXML(data []byte, source string) (list, error) {
	var doc struct {
		XMLName   xml.Name `xml:"ISO_4217"`
		Published string   `xml:"Pblshd,attr"`
		Rows      []struct {
			Code       string `xml:"Ccy"`
			Number     string `xml:"CcyNbr"`
			MinorUnits string `xml:"CcyMnrUnts"`
		} `xml:"CcyTbl>CcyNtry"`
	}
	if err := xml.Unmarshal(data, &doc); err != nil {
		return list{}, err
	}
	l := list{published: doc.Published, source: source}
	for _, row := range doc.Rows {
		if row.Code != "" {
			l.entries = append(l.entries, entry{row.Code, row.Number, row.MinorUnits})
		}
	}
	return l, l.normalize()
}
