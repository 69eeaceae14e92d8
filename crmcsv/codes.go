package crmcsv

import "github.com/coselling/coselling/value"

// Codes of bad mappings, bad files and bad rows, each with the input that it refuses.
const (
	fieldMissing value.Code = "mapping.field.missing" // a mapping without a field that every deal needs
	// codeFieldSource refuses a field with neither or both of column and constant, or with an unused translation.
	codeFieldSource value.Code = "mapping.field.source"
	formatUnknown   value.Code = "mapping.format.unknown" // a format that the field does not have

	fileHeader    value.Code = "file.header"    // a header that cannot be read: empty, not UTF-8 or not CSV
	fileDelimiter value.Code = "file.delimiter" // a file with another delimiter than its mapping states
	ColumnMissing value.Code = "file.column"    // a column of the mapping that is missing or stands twice

	rowCSV              value.Code = "row.csv"                // no CSV, too large, not all cells, or beside such a row
	rowText             value.Code = "row.text"               // a cell that is not UTF-8 text or is above 1,024 bytes
	RowMissing          value.Code = "row.missing"            // a needed cell that is blank, and a deal without a payee
	RowUnmapped         value.Code = "row.unmapped"           // a text that the mapping does not translate
	RowValueMissing     value.Code = "row.value.missing"      // a deal without an amount
	RowValueNotPositive value.Code = "row.value.not_positive" // a deal whose amount is zero or negative
	rowContradicts      value.Code = "row.contradicts"        // a row that says something else of its deal than another
	RowRepeated         value.Code = "row.repeated"           // the id of a deal that stood in an earlier row
	rowDate             value.Code = "row.date"               // a day that is in no layout of its field
	rowAmount           value.Code = "row.amount"             // an amount that is not in the format of its field
)
