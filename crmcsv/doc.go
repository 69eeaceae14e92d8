// Package crmcsv turns the CSV export of any CRM into deals that package comp can
// price. A small mapping file says which column is what; rows that cannot be read
// are reported with line, column, value and reason, and the rest still runs.
//
//	mapping, err := crmcsv.ParseMapping(mappingJSON)
//	if err != nil {
//		return err
//	}
//	reader, err := crmcsv.NewReader(file, mapping)
//	if err != nil {
//		return err // a column that the mapping names is missing, or the file is no CSV
//	}
//	for deal, err := range reader.Deals() {
//		if bad, ok := errors.AsType[*crmcsv.BadRow](err); ok {
//			fmt.Println(bad) // line 12: Amount: "1,234.505" has more decimals than USD has (2)
//			continue
//		}
//		if err != nil {
//			return err // the file itself could not be read further
//		}
//		fmt.Println(deal.Booking.ID, deal.Status)
//	}
//
// For files of millions of rows there is [Reader.Read], which uses one deal's storage
// again and again.
//
// # The mapping file
//
// A mapping is a JSON object. "fields" says where each field of a deal comes
// from; "payees" does the same for each rep to be credited; "roster" knows reps by
// id, where the export does not say whose they are and what their rate is.
// "export" names the export, "made_up" says in words what the mapping invents,
// "delimiter" replaces the comma.
//
//	{
//	  "export": "Deals of the sales team",
//	  "fields": {
//	    "id":       {"column": "Deal ID"},
//	    "value":    {"column": "Amount", "format": "1,234.50"},
//	    "currency": {"constant": "USD"},
//	    "stage":    {"column": "Stage", "values": {"Closed Won": "won", "Closed Lost": "lost", "*": "open"}},
//	    "closed":   {"column": "Close Date", "format": "MM/DD/YYYY"},
//	    "source":   {"column": "Partner", "present": "partner", "absent": "vendor"}
//	  },
//	  "payees": [{"rep": {"column": "Owner"}, "role": {"constant": "primary"}}],
//	  "roster": {"ana": {"side": "vendor", "org": "us", "rate": "8%"}}
//	}
//
// A field takes a column or a constant. "values" translates the texts of a column,
// "*" stands for every other text, and a text translated to "" counts as blank;
// "present" and "absent" replace a filled and a blank cell; "format" says how an
// amount (1234.50, "1,234.50", "1.234,50"), a day (YYYY-MM-DD, MM/DD/YYYY, DD/MM/YYYY,
// DD.MM.YYYY) or a percentage (8%, 8) is written. Without a format it is the first of
// these.
//
// Of a deal: id, value, currency and stage (open, won, lost), which every mapping
// has; closed, which a won deal needs; account, partner_quota, vendor_quota,
// engagement (partner_led, vendor_led, true_co_sell), source (partner, vendor, joint),
// registrant (partner, vendor, joint_by_partner, joint_by_vendor), reverses (the id of
// the deal that the row takes back); and the signals partner_relationship,
// partner_trusted, product_addon, vendor_customer, product_primary, equal_products,
// no_relationship, both_engaged (yes, no, unknown).
//
// Of a payee: rep, which is blank where the deal has no such payee; side (partner,
// vendor), org and rate, or in place of a rate the table of the policy that has the
// rates, each from the row and where that is blank from the roster; role (primary,
// supporting), contribution and share.
//
// # Limits
//
// A file is UTF-8 and of any length; it is read row by row, and memory grows by 16 bytes
// a deal, which find a repeated id, and where ids neither rise nor fall by up to 8 more.
// A row ends at 1 MiB or 1,000 lines; a cell that the mapping reads has at most 1,024
// bytes. A mapping has at most 4 MiB, 1,000 payees, 64 fields of a deal or of a payee,
// 100,000 reps in its roster, 100,000 texts that one field translates, and texts of at
// most 4,096 bytes. What is above is a bad row, or an error of the mapping. A row
// that is no CSV, such as one with a quote that is never closed, costs its own line:
// reading goes on with the line after it.
package crmcsv
