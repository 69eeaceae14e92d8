// Package rendercheck reads what render, comp and comp/impact write with the parsers of Mermaid, iCalendar and
// Markdown. It is a module of its own, so that no importer gets them; it holds tests alone.
//
// Mermaid's parser needs Node.js. Install it into a folder anywhere and name that:
//
//	cp -r mermaid FOLDER && npm ci --prefix FOLDER
//	COSELLING_MERMAID=FOLDER go test ./...
//
// Without the variable the tests of charts skip with a message.
package rendercheck
