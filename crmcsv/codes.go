package crmcsv

import "github.com/coselling/coselling/value"

// Codes of bad mappings, bad files and bad rows.
const (
	// fieldUnknown refuses a mapping of a field that a deal does not have.
	fieldUnknown value.Code = "mapping.field.unknown"
	// fieldMissing refuses a mapping without a field that every deal needs.
	fieldMissing value.Code = "mapping.field.missing"
	// codeFieldSource refuses a field with neither a column nor a constant, with both, or with a
	// translation that is never used.
	codeFieldSource value.Code = "mapping.field.source"
	// formatUnknown refuses a format that the field does not have.
	formatUnknown value.Code = "mapping.format.unknown"
	// codeDelimiter refuses a delimiter that is not one character, or that has another use in CSV.
	codeDelimiter value.Code = "mapping.delimiter"

	// fileHeader refuses a file whose header cannot be read: empty, not UTF-8 or not CSV.
	fileHeader value.Code = "file.header"
	// ColumnMissing refuses a file in which a column of the mapping is missing or stands twice.
	ColumnMissing value.Code = "file.column"

	// rowCSV reports a row that is not CSV, is above 1 MiB or 1,000 lines, or does not have as
	// many cells as the header.
	rowCSV value.Code = "row.csv"
	// rowHeader reports a row that repeats the header, as in exports that were joined.
	rowHeader value.Code = "row.header"
	// rowText reports a cell that is not UTF-8 text, holds a NUL, or is above 1,024 bytes.
	rowText value.Code = "row.text"
	// RowMissing reports a needed cell that is blank, and a deal without a payee.
	RowMissing value.Code = "row.missing"
	// RowUnmapped reports a text that the mapping does not translate.
	RowUnmapped value.Code = "row.unmapped"
	// RowValueMissing reports a deal without an amount.
	RowValueMissing value.Code = "row.value.missing"
	// RowValueNotPositive reports a deal whose amount is zero or negative.
	RowValueNotPositive value.Code = "row.value.not_positive"
	// RowRepeated reports the id of a deal that stood in an earlier row.
	RowRepeated value.Code = "row.repeated"
	// rowDate reports a day that is not in the format of its field.
	rowDate value.Code = "row.date"
	// rowAmount reports an amount that is not in the format of its field.
	rowAmount value.Code = "row.amount"

	// statusUnknown refuses a stage other than open, won and lost.
	statusUnknown value.Code = "status.unknown"
)
