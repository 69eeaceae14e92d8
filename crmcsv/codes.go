package crmcsv

import "github.com/coselling/coselling/value"

// Codes of bad mappings, bad files and bad rows.
const (
	// FieldUnknown refuses a mapping of a field that a deal does not have.
	FieldUnknown value.Code = "mapping.field.unknown"
	// FieldMissing refuses a mapping without a field that every deal needs.
	FieldMissing value.Code = "mapping.field.missing"
	// FieldSource refuses a field that has neither a column nor a constant, or both, or
	// a translation that is never used.
	FieldSource value.Code = "mapping.field.source"
	// FormatUnknown refuses a format that the field does not have.
	FormatUnknown value.Code = "mapping.format.unknown"
	// Delimiter refuses a delimiter that is not one character, or one that CSV needs itself.
	Delimiter value.Code = "mapping.delimiter"

	// FileHeader refuses a file without a usable header: empty, not UTF-8, not CSV.
	FileHeader value.Code = "file.header"
	// ColumnMissing refuses a file that lacks a column of the mapping, or has it twice.
	ColumnMissing value.Code = "file.column"

	// RowCSV reports a row that is not CSV, is above 1 MiB or 1,000 lines, or has another
	// number of cells than the header.
	RowCSV value.Code = "row.csv"
	// RowHeader reports a row that is the header once more, as in exports that were put
	// one behind the other.
	RowHeader value.Code = "row.header"
	// RowText reports a cell that is not UTF-8 text, holds a NUL, or is above 1,024 bytes.
	RowText value.Code = "row.text"
	// RowMissing reports a blank cell that the deal needs, and a deal that credits nobody.
	RowMissing value.Code = "row.missing"
	// RowUnmapped reports a text that the mapping does not translate.
	RowUnmapped value.Code = "row.unmapped"
	// RowValueMissing reports a deal without an amount.
	RowValueMissing value.Code = "row.value.missing"
	// RowValueNotPositive reports a deal whose amount is zero or negative.
	RowValueNotPositive value.Code = "row.value.not_positive"
	// RowRepeated reports a deal id that an earlier row has.
	RowRepeated value.Code = "row.repeated"
	// RowDate reports a day that is not written in the format of its field.
	RowDate value.Code = "row.date"
	// RowAmount reports an amount that is not written in the format of its field.
	RowAmount value.Code = "row.amount"

	// StatusUnknown refuses a stage other than open, won and lost.
	StatusUnknown value.Code = "status.unknown"
)
